/** A database of PostgreSQL, which several servers can share. */
import * as z from 'zod';
import { choosable } from '../plugin';
import type { DatastorePlan } from './datastore';
import { POSTGRES_MODES, POSTGRES_PORT, postgresConnection } from './postgres-connection';
import { endpointsOf, password, passwordPlan, sqlPlan, sqlSettings } from './sql';
import { clientCertificate, tlsFiles, tlsSettings } from './sql-tls';

const settings = z.strictObject({
  ...sqlSettings(POSTGRES_PORT),
  password: password().optional(),
  tls: tlsSettings(POSTGRES_MODES, clientCertificate),
});
export type PostgresSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md */
export const postgres = choosable({
  key: 'postgres',
  about: 'A database of PostgreSQL, which several servers can share.',
  settings,
  files: tlsFiles,
  plan: (written, server): DatastorePlan => {
    const { limits, secrets, ...plan } = sqlPlan(written, POSTGRES_PORT, server);
    const { main, replica } = endpointsOf(written, POSTGRES_PORT);
    // The driver of SPIRE reads the variable that PostgreSQL's own clients read.
    const signIn = passwordPlan(written.password, { name: 'PGPASSWORD' });
    return {
      plugin: 'sql',
      configuration: {
        database_type: 'postgres',
        connection_string: postgresConnection(written, main),
        ro_connection_string: replica && postgresConnection(written, replica),
        ...limits,
      },
      ...plan,
      ...signIn,
      secrets: [...secrets, ...signIn.secrets],
      isShared: true,
    };
  },
});
