/** Data source names of MySQL, and its settings in SPIRE that are beside them. */
import { isIPv6 } from 'node:net';
import { CONNECT_TIMEOUT, endpointsOf, type SqlSettings } from './sql';
import { DATABASE_FILES, DEFAULT_MODE, type TlsMode, type TlsSettings } from './sql-tls';

export const MYSQL_PORT = 3306;

/** The driver verifies the name whenever it verifies the CA. */
export const MYSQL_MODES = ['verify-full', 'require', 'disable'] satisfies readonly TlsMode[];

/** With a client certificate SPIRE makes a TLS configuration of its own, which verifies. */
export const MYSQL_MODES_OF_CERTIFICATES = ['verify-full'] satisfies readonly TlsMode[];

/** What the driver makes of the mode. SPIRE replaces it where it has a CA or a client certificate. */
const TLS: Readonly<Record<TlsMode, string>> = {
  'verify-full': 'true',
  'verify-ca': 'true',
  require: 'skip-verify',
  disable: 'false',
};

export interface MysqlAccount {
  /** User and password as the data source name has them. The password may hold any character. */
  readonly account: string;
  /** Parameters of the driver for signing in. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * The `plugin_data` that says how MySQL is reached. Values have no characters that the driver would have to escape, by the
 * formats of the fleet.
 * @see https://github.com/go-sql-driver/mysql#dsn-data-source-name
 */
export function mysqlConnection(settings: SqlSettings, { account, parameters }: MysqlAccount) {
  const { tls } = settings;
  const { main, replica } = endpointsOf(settings, MYSQL_PORT);
  const query = new URLSearchParams({
    // SPIRE refuses to start without it.
    parseTime: 'true',
    timeout: `${CONNECT_TIMEOUT}s`,
    tls: TLS[tls.mode ?? DEFAULT_MODE],
    ...parameters,
  });
  const dataSource = ({ host, port }: typeof main): string =>
    `${account}@tcp(${isIPv6(host) ? `[${host}]` : host}:${port})/${settings.database}?${query}`;
  return {
    connection_string: dataSource(main),
    ro_connection_string: replica && dataSource(replica),
    ...filesOf(tls),
  };
}

function filesOf({ ca, clientCertificate }: TlsSettings) {
  return {
    root_ca_path: ca && DATABASE_FILES.ca,
    client_cert_path: clientCertificate && DATABASE_FILES.certificate,
    client_key_path: clientCertificate && DATABASE_FILES.key,
  };
}
