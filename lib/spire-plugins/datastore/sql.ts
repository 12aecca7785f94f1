/** What the databases that several servers can share have in common in a fleet. SPIRE's plugin for all of them is called sql. */
import * as z from 'zod';
import { address } from '../../formats/address-formats';
import { databaseName, secretKey } from '../../formats/database-formats';
import { goDuration, seconds } from '../../formats/duration';
import { duration, objectName, relativePath } from '../../formats/formats';
import { addProblem, port, text } from '../../formats/schema-kit';
import type { PluginEgress, PluginFile, PluginMount, PluginSecret, PluginVolume } from '../plugin';
import type { ServerFacts } from '../server-facts';

/** Where SPIRE finds the files of the connection. */
export const DATABASE_FILES = {
  ca: '/run/spire/database-ca/ca.pem',
  certificate: '/run/spire/database-certificate/tls.crt',
  key: '/run/spire/database-certificate/tls.key',
} as const;

const CA = { volume: 'database-ca', configMap: 'spire-server-database-ca', folder: '/run/spire/database-ca' } as const;
const CERTIFICATE = { volume: 'database-certificate', folder: '/run/spire/database-certificate' } as const;

export const endpoint = (defaultPort: number) => ({
  host: text(address, 'IP address or DNS name of the database server.', 'db.example.org'),
  port: port(`Port of the database server. Default: ${defaultPort}.`, defaultPort)
    .optional()
    .meta({ default: defaultPort }),
});

/** All settings but those of signing in. */
export const sqlSettings = (defaultPort: number) => ({
  ...endpoint(defaultPort),
  database: text(databaseName, 'Name of the database. SPIRE makes and migrates its tables.', 'spire'),
  user: text(databaseName, 'User of the database, who may create and alter tables in it.', 'spire'),
  tls: tls.optional(),
  readReplica: z
    .strictObject(endpoint(defaultPort))
    .optional()
    .describe('A replica for reading, with the same database and user. Its data may be seconds old. Default: none.'),
  connections: connections.optional(),
});

/** A key of a Secret with the password of the user. */
export const password = z
  .strictObject({
    secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'spire-database'),
    key: text(secretKey, 'Key of the Secret. Default: password.', 'password').optional().meta({ default: 'password' }),
  })
  .describe(
    'The password of the user, which is never part of the output. A new password needs a restart of the server.',
  );

const VERIFYING = ['verify-full', 'verify-ca'];

const tls = z
  .strictObject({
    mode: z
      .enum(['verify-full', 'verify-ca', 'require', 'disable'])
      .optional()
      .describe(
        'verify-full: the certificate of the database must be under ca and have its host name. verify-ca: under ca, with any name. require: TLS with any certificate. disable: plain text. Default: verify-full.',
      )
      .meta({ default: 'verify-full' }),
    ca: text(
      relativePath,
      "PEM file, relative to this file, with the certificates of the database's CA. Needed by verify-full and verify-ca.",
      'trust/database-ca.pem',
    ).optional(),
    clientCertificate: text(
      objectName,
      'Secret of type kubernetes.io/tls in the namespace of the server, with the certificate by which the server signs in. Default: none.',
      'spire-database-client',
    ).optional(),
  })
  .superRefine(({ mode = 'verify-full', ca, clientCertificate }, context) => {
    if (VERIFYING.includes(mode) && ca === undefined) {
      addProblem(context, [], { code: 'missing-key', facts: { key: 'ca', of: `tls with mode ${mode}` } });
    }
    if (mode !== 'disable') return;
    for (const [key, value] of Object.entries({ ca, clientCertificate })) {
      if (value !== undefined) {
        const facts = { key, because: 'mode disable has no TLS' };
        addProblem(context, [key], { code: 'not-applicable', facts, atKey: true });
      }
    }
  })
  .describe('How the connection to the database is protected.');

const connections = z
  .strictObject({
    maxOpen: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('Most open connections of one server. All servers together must fit the database. Default: 100.')
      .meta({ default: 100 }),
    maxIdle: z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe('Most idle connections of one server. Default: 100.')
      .meta({ default: 100 }),
    maxLifetime: text(duration, 'Longest life of a connection. Default: unlimited.', '30m').optional(),
  })
  .describe('Limits of the connections of one server.');

export type SqlSettings = z.output<ReturnType<typeof sqlObject>>;
const sqlObject = (defaultPort: number) => z.strictObject(sqlSettings(defaultPort));

/** The CA's file, if the settings name one. */
export function filesOf({ tls: settings }: SqlSettings): readonly PluginFile[] {
  return settings?.ca === undefined
    ? []
    : [{ path: settings.ca, place: ['tls', 'ca'], what: "the certificates of the database's CA" }];
}

/** The parts of a plan that every database has. */
export function commonPlan(settings: SqlSettings, defaultPort: number, server: ServerFacts) {
  const { connections: limits, tls: protection, host, port: written = defaultPort, readReplica } = settings;
  const replica = readReplica && { address: readReplica.host, port: readReplica.port ?? defaultPort };
  return {
    limits: {
      max_open_conns: limits?.maxOpen,
      max_idle_conns: limits?.maxIdle,
      conn_max_lifetime: limits?.maxLifetime && goDuration(seconds(limits.maxLifetime)),
    },
    volumes: volumesOf(protection, server),
    mounts: mountsOf(protection),
    secrets: clientSecrets(protection),
    egress: [
      { policy: 'spire-server-database', address: host, port: written },
      ...(replica === undefined ? [] : [{ policy: 'spire-server-database-replica', ...replica }]),
    ] satisfies readonly PluginEgress[],
  };
}

type Tls = SqlSettings['tls'];

function volumesOf(settings: Tls, { files = {} }: ServerFacts): readonly PluginVolume[] {
  const { ca, clientCertificate } = settings ?? {};
  return [
    ...(ca === undefined
      ? []
      : [{ name: CA.volume, configMap: { name: CA.configMap, data: { 'ca.pem': files[ca] ?? '' } } }]),
    ...(clientCertificate === undefined ? [] : [{ name: CERTIFICATE.volume, secret: clientCertificate }]),
  ];
}

function mountsOf(settings: Tls): readonly PluginMount[] {
  return [
    ...(settings?.ca === undefined ? [] : [{ name: CA.volume, path: CA.folder }]),
    ...(settings?.clientCertificate === undefined ? [] : [{ name: CERTIFICATE.volume, path: CERTIFICATE.folder }]),
  ];
}

function clientSecrets(settings: Tls): readonly PluginSecret[] {
  return settings?.clientCertificate === undefined
    ? []
    : [
        {
          name: settings.clientCertificate,
          type: 'kubernetes.io/tls',
          keys: ['tls.crt', 'tls.key'],
          holds: 'client certificate of the database',
          purpose:
            'certificate by which the SPIRE server signs in to its database, and its key; renew it before it ends, and restart the server',
        },
      ];
}
