/** Finds SPIRE servers that lose their data or keys, or that reach their database in another way. */
import type { FieldChange } from '../change';
import { isLogin } from '../plugin-login';
import { type ChangeWithLeaves, fieldsNamed, type RiskRule } from './risk-rule';

/** Keys of the datastore that decide how the server reaches its database. */
const CONNECTION = ['connection_string', 'database_type', 'root_ca_path', 'client_cert_path', 'client_key_path'];

const NEW_CA =
  'the server creates a new CA at its start; current SVIDs stay valid, but without an upstream authority, peers refuse new SVIDs until they poll the new bundle';

export const serverState: RiskRule = {
  name: 'server-state',
  risk: 'trust',
  looksFor: 'another database, another way to reach it, or another key manager, in the configuration of a SPIRE server',
  why: 'nothing is copied: the server starts with an empty datastore, or without the keys of its CA. Who can pose as the database decides which entries there are.',
  assess: (change) => {
    if (change.item.kind !== 'ConfigMap' || change.action !== 'changed') return [];
    if (isOtherDatabase(change))
      return [
        'another database has no entries and no agents: agents attest again, and spire-controller-manager creates the entries again; until then, no new SVIDs are signed',
        NEW_CA,
      ];
    return [
      ...(connectionFields(change).length > 0
        ? [
            'the server signs in to the same database, or verifies it, in another way; the server does not start if the database refuses it, and without verification, others can pose as the database',
          ]
        : []),
      ...(fieldsNamed(change, 'KeyManager').some((field) => !isLogin(field))
        ? [`the keys of the CA are not carried over: ${NEW_CA}`]
        : []),
    ];
  },
};

function connectionFields(change: ChangeWithLeaves): readonly FieldChange[] {
  return fieldsNamed(change, 'DataStore').filter(({ path }) => CONNECTION.some((key) => path.includes(key)));
}

/** The type alone does not say it: a password and IAM lead to the same database, by different types. */
function isOtherDatabase(change: ChangeWithLeaves): boolean {
  return connectionFields(change).some(
    ({ path, before, after }) => path.includes('connection_string') && databaseOf(before) !== databaseOf(after),
  );
}

/** The host, port and name of the database in a connection string of MySQL or PostgreSQL; the path of SQLite. */
function databaseOf(connection: unknown): string {
  const text = String(connection);
  const address = /@(tcp\([^)]*\)\/[^?]*)/.exec(text)?.[1];
  if (address !== undefined) return address;
  const keywords = text.match(/\b(?:host|port|dbname)=\S+/g);
  return keywords === null ? text : keywords.join(' ');
}
