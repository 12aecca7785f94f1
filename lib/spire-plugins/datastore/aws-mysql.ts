/** A database of MySQL at AWS, which several servers can share. */
import * as z from 'zod';
import { hostName } from '../../formats/formats';
import { choosable } from '../plugin';
import { AWS_MODES, awsSettings, awsSqlPlan } from './aws-iam';
import type { DatastorePlan } from './datastore';
import { MYSQL_PORT, mysqlConnection } from './mysql-connection';
import { sqlSettings } from './sql';
import { tlsFiles, tlsSettings } from './sql-tls';

const settings = z.strictObject({
  // The token names the host, so it must be the DNS name that RDS gives.
  ...sqlSettings(MYSQL_PORT, hostName),
  ...awsSettings,
  tls: tlsSettings(AWS_MODES, {}),
});
export type AwsMysqlSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md#aws_mysql */
export const awsMysql = choosable({
  key: 'awsMysql',
  about: 'A database of MySQL at AWS, signed in to by IAM, which several servers can share.',
  settings,
  files: tlsFiles,
  plan: (written, server): DatastorePlan => {
    const { limits, ...plan } = awsSqlPlan(written, MYSQL_PORT, server);
    // The database gets the token as a password in clear text, inside of TLS.
    const account = { account: written.user, parameters: { allowCleartextPasswords: 'true' } };
    return {
      plugin: 'sql',
      configuration: {
        database_type: { aws_mysql: { region: written.region } },
        ...mysqlConnection(written, account),
        ...limits,
      },
      ...plan,
    };
  },
});
