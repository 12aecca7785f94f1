/** Writes and reads the keys that `cdk8s-spire root` makes, in a folder that nobody commits by accident. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureReason, readTextFile } from '../disk/read-file';
import type { SignedKey } from '../trial-pki/trial-pki';

/** Beside the roots. */
export const PRIVATE_FOLDER = 'private';

/** Makes the folder; it ignores itself, whatever the repository ignores. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** The one of several certificates that a key signs for; undefined where the one or the other is damaged, too. */
export function certificateOfKey(pem: string, key: string): X509Certificate | undefined {
  const publicKey = attempt(() => createPublicKey(key));
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks
    .flatMap((block) => attempt(() => new X509Certificate(block)) ?? [])
    .find((one) => publicKey !== undefined && attempt(() => one.publicKey.equals(publicKey)));
}

/** The curve of the keys that we make; trial certificates are signed with such a one alone. */
const OWN_CURVE = 'secp384r1';

/** Signs with a key that belongs to a certificate; undefined for one of another kind than we make. */
export function signedKeyOf(certificate: X509Certificate, key: string): SignedKey | undefined {
  if (certificate.publicKey.asymmetricKeyDetails?.namedCurve !== OWN_CURVE) return undefined;
  // Whoever brought it may have written it in another form.
  const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate: certificate.toString(), key: pkcs8 };
}

/** What Node's crypto makes of bytes that somebody may have damaged. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The day on which a certificate ends. */
export function day({ validTo }: X509Certificate): string {
  return new Date(validTo).toISOString().slice(0, 10);
}

/** What is left of a certificate's life when it is time to renew it, in milliseconds. */
const TIME_TO_RENEW = 30 * 86_400_000;

/** Whether a file holds a certificate. */
export function holdsCertificate(file: string): boolean {
  return attempt(() => new X509Certificate(readPem(file))) !== undefined;
}

/** Whether the certificate in a file is under this root, and not about to end; not one that is damaged. */
export function lasts(file: string, root: Pick<SignedKey, 'certificate'>, now: Date): boolean {
  const present = attempt(() => new X509Certificate(readPem(file)));
  if (present === undefined) return false;
  const left = new Date(present.validTo).getTime() - now.getTime();
  return present.verify(new X509Certificate(root.certificate).publicKey) && left > TIME_TO_RENEW;
}

/** More than any file of certificates or keys that `root` makes. */
const MAX_PEM_BYTES = 1024 * 1024;

/**
 * The text of a file of certificates or of a key.
 * @throws an error as those of the disk are, also where the file is none
 */
export function readPem(file: string): string {
  const read = readTextFile(file, MAX_PEM_BYTES);
  if ('text' in read) return read.text;
  throw Object.assign(new Error(`${file} cannot be read: ${failureReason(read)}`), { syscall: 'read', path: file });
}

export function writeKey(file: string, pem: string): void {
  writeFileSync(file, pem, { mode: 0o600 });
}
