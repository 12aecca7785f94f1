/** Connection strings of PostgreSQL. */
import { CONNECT_TIMEOUT, type SqlEndpoint, type SqlSettings } from './sql';
import { DATABASE_FILES, DEFAULT_MODE, type TlsMode } from './sql-tls';

export const POSTGRES_PORT = 5432;

export const POSTGRES_MODES = ['verify-full', 'verify-ca', 'require', 'disable'] satisfies readonly TlsMode[];

/** Values have no blanks and quotes, by the formats of the fleet. @see https://pkg.go.dev/github.com/lib/pq */
export function postgresConnection({ database, user, tls }: SqlSettings, { host, port }: SqlEndpoint): string {
  const { mode = DEFAULT_MODE, ca, clientCertificate } = tls;
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
