/** A database of MySQL, which several servers can share. */
import * as z from 'zod';
import { choosable } from '../plugin';
import type { DatastorePlan } from './datastore';
import { MYSQL_MODES, MYSQL_MODES_OF_CERTIFICATES, MYSQL_PORT, mysqlConnection } from './mysql-connection';
import { password, passwordPlan, sqlPlan, sqlSettings } from './sql';
import { clientCertificate, tlsFiles, tlsSettings } from './sql-tls';

/** SPIRE puts the password into its configuration as it is, which is JSON first and HCL then. */
const UNFIT = 'a quotation mark, a backslash, a line break or "${"';

const settings = z.strictObject({
  ...sqlSettings(MYSQL_PORT),
  password: password(` It must not hold ${UNFIT}.`).optional(),
  tls: tlsSettings(MYSQL_MODES, clientCertificate, MYSQL_MODES_OF_CERTIFICATES),
});
export type MysqlSettings = z.input<typeof settings>;

const VARIABLE = 'SPIRE_DATABASE_PASSWORD';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md */
export const mysql = choosable({
  key: 'mysql',
  about: 'A database of MySQL, which several servers can share.',
  settings,
  files: tlsFiles,
  plan: (written, server): DatastorePlan => {
    const { limits, secrets, ...plan } = sqlPlan(written, MYSQL_PORT, server);
    const signIn = passwordPlan(written.password, {
      name: VARIABLE,
      inConfiguration: true,
      limits: `, without ${UNFIT}`,
    });
    const account = written.password === undefined ? written.user : `${written.user}:$${VARIABLE}`;
    return {
      plugin: 'sql',
      configuration: { database_type: 'mysql', ...mysqlConnection(written, { account }), ...limits },
      ...plan,
      ...signIn,
      secrets: [...secrets, ...signIn.secrets],
      isShared: true,
    };
  },
});
