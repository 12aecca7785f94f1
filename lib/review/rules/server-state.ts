/** Finds SPIRE servers that start without the data or the keys that they had. */
import { type ChangeWithLeaves, fieldsNamed, type RiskRule } from './risk-rule';

/** Keys of the datastore that decide which database it is. */
const DATABASE = ['connection_string', 'database_type'];

const NEW_CA =
  'the server makes a new CA at its start; the CA and the SVIDs of now stay valid, but where nobody signs above the server, peers refuse the new SVIDs until they have polled';

export const serverState: RiskRule = {
  name: 'server-state',
  risk: 'trust',
  looksFor: 'another database, or another key manager, in the configuration of a SPIRE server',
  why: 'nothing is copied: the server starts with an empty datastore, or without the keys of its CA.',
  assess: (change) => {
    if (change.item.kind !== 'ConfigMap' || change.action !== 'changed') return [];
    return [
      ...(isOtherDatabase(change)
        ? [
            'the server finds no entries and no agents in another database: agents attest again, and spire-controller-manager writes the entries again; until both are done, nobody gets a new SVID',
            NEW_CA,
          ]
        : []),
      ...(fieldsNamed(change, 'KeyManager').length > 0 && !isOtherDatabase(change)
        ? [`the keys of the CA are not carried over: ${NEW_CA}`]
        : []),
    ];
  },
};

function isOtherDatabase(change: ChangeWithLeaves): boolean {
  return fieldsNamed(change, 'DataStore').some(({ path }) => DATABASE.some((key) => path.includes(key)));
}
