/** A database of PostgreSQL, which several servers can share. */
import * as z from 'zod';
import { choosable } from '../plugin';
import type { DatastorePlan } from './datastore';
import { commonPlan, DATABASE_FILES, filesOf, password, type SqlSettings, sqlSettings } from './sql';

const PORT = 5432;

const postgresSettings = z.strictObject({ ...sqlSettings(PORT), password: password.optional() });
export type PostgresSettings = z.input<typeof postgresSettings>;

/** In seconds. Without it, a connection attempt to a host that does not answer waits for the limit of TCP, minutes. */
const CONNECT_TIMEOUT = 10;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md */
export const postgres = choosable({
  key: 'postgres',
  about: 'A database of PostgreSQL, which several servers can share.',
  settings: postgresSettings,
  files: filesOf,
  plan: (settings, server): DatastorePlan => {
    const { limits, secrets, ...common } = commonPlan(settings, PORT, server);
    const { readReplica } = settings;
    return {
      plugin: 'sql',
      configuration: {
        database_type: 'postgres',
        connection_string: connectionString(settings, settings),
        ro_connection_string: readReplica && connectionString(settings, readReplica),
        ...limits,
      },
      ...common,
      ...withPassword(settings.password, secrets),
      isShared: true,
    };
  },
});

/** Values have no blanks and quotes, by the formats of the fleet. */
export function connectionString(
  { database, user, tls }: SqlSettings,
  { host, port = PORT }: { readonly host: string; readonly port?: number },
): string {
  const { mode = 'verify-full', ca, clientCertificate } = tls ?? {};
  return Object.entries({
    host,
    port,
    dbname: database,
    user,
    sslmode: mode,
    sslrootcert: ca && DATABASE_FILES.ca,
    sslcert: clientCertificate && DATABASE_FILES.certificate,
    sslkey: clientCertificate && DATABASE_FILES.key,
    connect_timeout: CONNECT_TIMEOUT,
  })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** The driver of SPIRE takes the password from the variable that PostgreSQL's own clients read. */
function withPassword(
  written: z.output<typeof password> | undefined,
  secrets: DatastorePlan['secrets'] = [],
): Pick<DatastorePlan, 'environment' | 'secrets'> {
  if (written === undefined) return { secrets };
  const { secret, key = 'password' } = written;
  return {
    environment: [{ name: 'PGPASSWORD', secret, key }],
    secrets: [
      ...secrets,
      {
        name: secret,
        type: 'Opaque',
        keys: [key],
        holds: 'password of the database',
        purpose: 'password of the database user of the SPIRE server; restart the server after a change',
      },
    ],
  };
}
