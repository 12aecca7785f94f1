/** Signs SVIDs outside of any SPIRE server: with a CA of the fleet, or with a root that nobody knows. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRoot } from '../../../lib/trial-pki/trial-pki';
import type { MintedSvid } from '../cluster/spire-server';
import { run } from '../machine/command';
import type { Stage } from '../stage';

export interface SvidRequest {
  readonly spiffeId: string;
  /** PEM files of a CA. @default - a root made for this SVID alone */
  readonly issuer?: { readonly certificate: string; readonly key: string };
}

/** An X.509-SVID for a client, as SPIRE would make it; the chain holds the issuer's certificate. */
export async function signSvid(stage: Stage, { spiffeId, issuer }: SvidRequest): Promise<MintedSvid> {
  const folder = stage.lab.folder('signed-svids');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(folder, name);
  const { certificate, key } = issuer ?? (await unknownRoot(file('root.pem'), file('root.key')));
  const extensions = `subjectAltName=URI:${spiffeId}\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth,serverAuth\n`;
  writeFileSync(file('extensions'), extensions);
  await run(['openssl', 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file('key')]);
  await run(['openssl', 'req', '-new', '-key', file('key'), '-subj', '/C=US/O=SPIRE', '-out', file('request')]);
  await run([
    ...['openssl', 'x509', '-req', '-in', file('request'), '-days', '1', '-out', file('svid')],
    ...[
      '-CA',
      certificate,
      '-CAkey',
      key,
      '-CAcreateserial',
      '-CAserial',
      file('serial'),
      '-extfile',
      file('extensions'),
    ],
  ]);
  return {
    certificates: readFileSync(file('svid'), 'utf8') + readFileSync(certificate, 'utf8'),
    key: readFileSync(file('key'), 'utf8'),
  };
}

async function unknownRoot(certificate: string, key: string): Promise<{ certificate: string; key: string }> {
  const root = await makeRoot({ trustDomain: 'third.demo', now: new Date(), years: 1 });
  writeFileSync(certificate, root.certificate);
  writeFileSync(key, root.key, { mode: 0o600 });
  return { certificate, key };
}
