/** A database of PostgreSQL at AWS, which several servers can share. */
import * as z from 'zod';
import { hostName } from '../../formats/formats';
import { choosable } from '../plugin';
import { AWS_MODES, awsSettings, awsSqlPlan } from './aws-iam';
import type { DatastorePlan } from './datastore';
import { POSTGRES_PORT, postgresConnection } from './postgres-connection';
import { endpointsOf, sqlSettings } from './sql';
import { tlsFiles, tlsSettings } from './sql-tls';

const settings = z.strictObject({
  // The token names the host, so it must be the DNS name that RDS gives.
  ...sqlSettings(POSTGRES_PORT, hostName),
  ...awsSettings,
  tls: tlsSettings(AWS_MODES, {}),
});
export type AwsPostgresSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md#aws_postgres */
export const awsPostgres = choosable({
  key: 'awsPostgres',
  about: 'A database of PostgreSQL at AWS, signed in to by IAM, which several servers can share.',
  settings,
  files: tlsFiles,
  plan: (written, server): DatastorePlan => {
    const { limits, ...plan } = awsSqlPlan(written, POSTGRES_PORT, server);
    const { main, replica } = endpointsOf(written, POSTGRES_PORT);
    return {
      plugin: 'sql',
      configuration: {
        database_type: { aws_postgres: { region: written.region } },
        connection_string: postgresConnection(written, main),
        ro_connection_string: replica && postgresConnection(written, replica),
        ...limits,
      },
      ...plan,
    };
  },
});
