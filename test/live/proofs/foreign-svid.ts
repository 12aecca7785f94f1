/** Makes SVIDs of a trust domain that nobody in the fleet knows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRoot } from '../../../lib/trust/trial-ca';
import { run } from '../machine/command';
import type { MintedSvid } from './spire-server';

/** An X.509-SVID with the given SPIFFE ID under a root made for it alone. */
export async function makeForeignSvid(spiffeId: string): Promise<MintedSvid> {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-svid-'));
  const file = (name: string): string => join(folder, name);
  try {
    const root = await makeRoot({ trustDomain: 'third.demo', now: new Date(), years: 1 });
    writeFileSync(file('root.pem'), root.certificate);
    writeFileSync(file('root.key'), root.key);
    const extensions = `subjectAltName=URI:${spiffeId}\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth,serverAuth\n`;
    writeFileSync(file('extensions'), extensions);
    await run(['openssl', 'ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', file('key')]);
    await run(['openssl', 'req', '-new', '-key', file('key'), '-subj', '/C=US/O=SPIRE', '-out', file('request')]);
    await run([
      ...['openssl', 'x509', '-req', '-in', file('request'), '-days', '1', '-out', file('svid'), '-CAcreateserial'],
      ...['-CA', file('root.pem'), '-CAkey', file('root.key'), '-extfile', file('extensions')],
    ]);
    return { certificates: readFileSync(file('svid'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
