/** How the connection of a SPIRE server to its database is protected: settings, files of the pod and Secrets. */
import * as z from 'zod';
import { objectName, relativePath } from '../../formats/formats';
import { addProblem, text } from '../../formats/schema-kit';
import { caFile, caPath } from '../ca-file';
import type { PluginFile, PluginSecret } from '../plugin';
import type { ServerFacts } from '../server-facts';

const CA = 'database-ca';
const CERTIFICATE = { volume: 'database-certificate', folder: '/run/spire/database-certificate' } as const;

/** Where SPIRE finds the files of the connection. */
export const DATABASE_FILES = {
  ca: caPath(CA),
  certificate: `${CERTIFICATE.folder}/tls.crt`,
  key: `${CERTIFICATE.folder}/tls.key`,
} as const;

/** In the words of PostgreSQL, with what each means. */
const MODES = {
  'verify-full': 'the certificate of the database must be under ca and have its host name',
  'verify-ca': 'under ca, with any name',
  require: 'TLS with any certificate',
  disable: 'plain text',
} as const;
export type TlsMode = keyof typeof MODES;

export const DEFAULT_MODE = 'verify-full' satisfies TlsMode;
const VERIFYING: readonly TlsMode[] = ['verify-full', 'verify-ca'];

export interface TlsSettings {
  readonly mode?: TlsMode;
  readonly ca?: string;
  readonly clientCertificate?: string;
}

const caSetting = text(
  relativePath,
  "PEM file, relative to this file, with the certificates of the database's CA. Modes that verify need it.",
  'trust/database-ca.pem',
);

/** A client certificate. Databases that issue tokens to clients have no use for one. */
export const clientCertificate = {
  clientCertificate: text(
    objectName,
    'Secret of type kubernetes.io/tls in the namespace of the server, with the certificate by which the server signs in. Default: none.',
    'spire-database-client',
  ).optional(),
};

/**
 * @param modes that the driver of the database can do
 * @param more settings beside mode and ca
 * @param modesOfCertificates modes that go with a client certificate
 */
export function tlsSettings<More extends z.ZodRawShape>(
  modes: readonly TlsMode[],
  more: More,
  modesOfCertificates: readonly TlsMode[] = modes,
) {
  const meanings = modes.map((mode) => `${mode}: ${MODES[mode]}.`);
  return z
    .strictObject({
      mode: z
        .enum(modes)
        .optional()
        .describe(`${meanings.join(' ')} Default: ${DEFAULT_MODE}.`)
        .meta({ default: DEFAULT_MODE }),
      ca: caSetting.optional(),
      ...more,
    })
    .superRefine((written, context) => checkTls(written as TlsSettings, modesOfCertificates, context))
    .describe('How the connection to the database is protected.')
    .meta({ examples: [{ ca: 'trust/database-ca.pem' }] });
}

function checkTls(
  { mode = DEFAULT_MODE, ca, clientCertificate: certificate }: TlsSettings,
  modesOfCertificates: readonly TlsMode[],
  context: z.RefinementCtx,
): void {
  if (VERIFYING.includes(mode) && ca === undefined) {
    addProblem(context, [], { code: 'missing-key', facts: { key: 'ca', of: `tls with mode ${mode}` } });
  }
  const refuse = (key: string, because: string): void =>
    addProblem(context, [key], { code: 'not-applicable', facts: { key, because }, atKey: true });
  if (mode === 'require' && ca !== undefined)
    refuse('ca', 'with a CA, the driver verifies the database, which mode require does not');
  if (mode === 'disable') {
    if (ca !== undefined) refuse('ca', 'mode disable has no TLS');
    if (certificate !== undefined) refuse('clientCertificate', 'mode disable has no TLS');
  } else if (certificate !== undefined && !modesOfCertificates.includes(mode)) {
    refuse(
      'clientCertificate',
      `with a client certificate, the driver verifies the database, which mode ${mode} does not`,
    );
  }
}

/** The CA's file, if the settings name one. */
export function tlsFiles({ tls }: { readonly tls: TlsSettings }): readonly PluginFile[] {
  return tls.ca === undefined
    ? []
    : [{ path: tls.ca, place: ['tls', 'ca'], what: "the certificates of the database's CA" }];
}

/** What the server's pod needs for the connection. */
export function tlsPlan({ ca, clientCertificate: certificate }: TlsSettings, { files = {} }: ServerFacts) {
  const authority = caFile(CA, ca, files);
  if (certificate === undefined) return { ...authority, secrets: [] };
  return {
    volumes: [...authority.volumes, { name: CERTIFICATE.volume, secret: certificate }],
    mounts: [...authority.mounts, { name: CERTIFICATE.volume, path: CERTIFICATE.folder }],
    secrets: [certificateSecret(certificate)],
  };
}

function certificateSecret(name: string): PluginSecret {
  return {
    name,
    type: 'kubernetes.io/tls',
    keys: ['tls.crt', 'tls.key'],
    holds: 'client certificate of the database',
    purpose:
      'certificate by which the SPIRE server signs in to its database, and its key; renew it before it ends, and restart the server',
  };
}
