/** Writes and reads the keys that `cdk8s-spire root` makes, in a folder that nobody commits by accident. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedKey } from '../trust/trial-ca';

/** Beside the roots. */
export const PRIVATE_FOLDER = 'private';

/** Makes the folder; it ignores itself, whatever the repository ignores. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** The one of several certificates that a key signs for. */
export function certificateOfKey(pem: string, key: string): X509Certificate | undefined {
  const publicKey = createPublicKey(key);
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block)).find((one) => one.publicKey.equals(publicKey));
}

/** The day on which a certificate ends. */
export function day({ validTo }: X509Certificate): string {
  return new Date(validTo).toISOString().slice(0, 10);
}

/** What is left of a certificate's life when it is time to renew it, in milliseconds. */
const TIME_TO_RENEW = 30 * 86_400_000;

/** Whether the certificate in a file is under this root, and not about to end. */
export function lasts(file: string, root: Pick<SignedKey, 'certificate'>, now: Date): boolean {
  const present = new X509Certificate(readFileSync(file));
  const left = new Date(present.validTo).getTime() - now.getTime();
  return present.verify(new X509Certificate(root.certificate).publicKey) && left > TIME_TO_RENEW;
}

export function writeKey(file: string, pem: string): void {
  writeFileSync(file, pem, { mode: 0o600 });
}
