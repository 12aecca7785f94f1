/** What the databases that several servers can share have in common in a fleet. SPIRE's plugin for all of them is called sql. */
import * as z from 'zod';
import { address } from '../../formats/address-formats';
import { databaseName, secretKey } from '../../formats/database-formats';
import { type Format, objectName } from '../../formats/formats';
import { port, text } from '../../formats/schema-kit';
import type { PluginEgress, PluginSecret, PluginVariable } from '../plugin';
import type { ServerFacts } from '../server-facts';
import { connectionLimits, connections } from './sql-connections';
import { type TlsSettings, tlsPlan } from './sql-tls';

/** In seconds. Without it, a connection attempt to a host that does not answer waits for the limit of TCP, minutes. */
export const CONNECT_TIMEOUT = 10;

const endpoint = (defaultPort: number, host: Format) => ({
  host: text(
    host,
    `${host === address ? 'IP address or DNS name' : 'DNS name'} of the database server.`,
    'db.example.org',
  ),
  port: port(`Port of the database server. Default: ${defaultPort}.`, defaultPort)
    .optional()
    .meta({ default: defaultPort }),
});

/** All settings but those of TLS and of signing in. */
export const sqlSettings = (defaultPort: number, host: Format = address) => ({
  ...endpoint(defaultPort, host),
  database: text(databaseName, 'Name of the database. SPIRE makes and migrates its tables.', 'spire'),
  user: text(databaseName, 'User of the database, who may create and alter tables in it.', 'spire'),
  readReplica: z
    .strictObject(endpoint(defaultPort, host))
    .optional()
    .describe('A replica for reading, with the same database and user. Its data may be seconds old. Default: none.'),
  connections: connections.optional(),
});

/**
 * A key of a Secret with the password of the user.
 * @param more what a password must not hold, for databases that have such limits
 */
export const password = (more = '') =>
  z
    .strictObject({
      secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'spire-database'),
      key: text(secretKey, 'Key of the Secret. Default: password.', 'password')
        .optional()
        .meta({ default: DEFAULT_KEY }),
    })
    .describe(
      `The password of the user, which is never part of the output. A new password needs a restart of the server.${more}`,
    );

const DEFAULT_KEY = 'password';

export type SqlSettings = z.output<ReturnType<typeof sqlObject>> & { readonly tls: TlsSettings };
const sqlObject = (defaultPort: number) => z.strictObject(sqlSettings(defaultPort));

/** A database server. */
export interface SqlEndpoint {
  readonly host: string;
  readonly port: number;
}

/** Database and read replica, with their ports. */
export function endpointsOf(
  { host, port: written, readReplica }: SqlSettings,
  defaultPort: number,
): { readonly main: SqlEndpoint; readonly replica?: SqlEndpoint } {
  return {
    main: { host, port: written ?? defaultPort },
    ...(readReplica && { replica: { host: readReplica.host, port: readReplica.port ?? defaultPort } }),
  };
}

/** The parts of a plan that every database has. */
export function sqlPlan(settings: SqlSettings, defaultPort: number, server: ServerFacts) {
  const { main, replica } = endpointsOf(settings, defaultPort);
  return {
    limits: connectionLimits(settings.connections),
    ...tlsPlan(settings.tls, server),
    database: `${main.host}:${main.port}/${settings.database}`,
    requirements: [
      {
        what: `the database \`${settings.database}\` at \`${main.host}:${main.port}\`, with the user \`${settings.user}\``,
        why: 'keeps the entries, agents and CA journal of the SPIRE servers of this cluster, and of no other; the user must be allowed to create and alter tables. All servers together open as many connections as `connections` allows each of them (100 by default)',
      },
    ],
    egress: [
      egressTo('spire-server-database', main),
      ...(replica === undefined ? [] : [egressTo('spire-server-database-replica', replica)]),
    ],
  };
}

function egressTo(policy: string, { host, port: number }: SqlEndpoint): PluginEgress {
  return { policy, address: host, port: number };
}

/** A variable of the server's container with the password. */
interface PasswordVariable extends Pick<PluginVariable, 'name' | 'inConfiguration'> {
  /** Added to what the README says of the Secret. @default - nothing */
  readonly limits?: string;
}

/** The variable and the Secret of a password, or nothing where there is none. */
export function passwordPlan(
  written: z.output<ReturnType<typeof password>> | undefined,
  { limits = '', ...variable }: PasswordVariable,
): { readonly environment: readonly PluginVariable[]; readonly secrets: readonly PluginSecret[] } {
  if (written === undefined) return { environment: [], secrets: [] };
  const { secret, key = DEFAULT_KEY } = written;
  return {
    environment: [{ ...variable, secret, key }],
    secrets: [
      {
        name: secret,
        type: 'Opaque',
        keys: [key],
        holds: 'password of the database',
        purpose: `password of the database user of the SPIRE server${limits}; restart the server after a change`,
      },
    ],
  };
}
