/** Finds SPIRE servers that lose their data or keys. */
import { type ChangeWithLeaves, fieldsNamed, type RiskRule } from './risk-rule';

/** Keys of the datastore that decide which database it is. */
const DATABASE = ['connection_string', 'database_type'];

const NEW_CA =
  'the server creates a new CA at its start; current SVIDs stay valid, but without an upstream authority, peers refuse new SVIDs until they poll the new bundle';

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
            'another database has no entries and no agents: agents attest again, and spire-controller-manager creates the entries again; until then, no new SVIDs are signed',
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
