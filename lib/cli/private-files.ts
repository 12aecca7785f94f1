/** Reads and writes the keys that `cdk8s-spire root` creates, in a folder that Git ignores. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureReason, readTextFile } from '../disk/read-file';
import type { SignedKey } from '../trial-pki/trial-pki';

/** Name of the folder next to the roots. */
export const PRIVATE_FOLDER = 'private';

/** Creates the folder with its own .gitignore, so that it is ignored in every repository. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** The certificate that belongs to a key. Undefined if there is none, or if the key or the certificates are damaged. */
export function certificateOfKey(pem: string, key: string): X509Certificate | undefined {
  const publicKey = resultOrUndefined(() => createPublicKey(key));
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks
    .flatMap((block) => resultOrUndefined(() => new X509Certificate(block)) ?? [])
    .find((one) => publicKey !== undefined && resultOrUndefined(() => one.publicKey.equals(publicKey)));
}

/** The curve of the keys that `root` creates. It signs only with keys of this curve. */
const OWN_CURVE = 'secp384r1';

/** A certificate with its key, ready to sign. Undefined if the key is of a type that `root` does not create. */
export function signedKeyOf(certificate: X509Certificate, key: string): SignedKey | undefined {
  if (certificate.publicKey.asymmetricKeyDetails?.namedCurve !== OWN_CURVE) return undefined;
  // The key may come from another tool, in another encoding.
  const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate: certificate.toString(), key: pkcs8 };
}

/** The result of a function of Node's crypto. Undefined if it throws, because the bytes are damaged. */
function resultOrUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The day on which a certificate expires, such as `2030-01-31`. */
export function expiryDay({ validTo }: X509Certificate): string {
  return new Date(validTo).toISOString().slice(0, 10);
}

/** A certificate is renewed when it expires within this time, in milliseconds. */
const TIME_TO_RENEW = 30 * 86_400_000;

/** Whether a file contains a certificate. */
export function holdsCertificate(file: string): boolean {
  return resultOrUndefined(() => new X509Certificate(readPem(file))) !== undefined;
}

/** Whether the certificate in a file is signed by this root and does not expire soon. False if it is damaged. */
export function isStillUsable(file: string, root: Pick<SignedKey, 'certificate'>, now: Date): boolean {
  const present = resultOrUndefined(() => new X509Certificate(readPem(file)));
  if (present === undefined) return false;
  const left = new Date(present.validTo).getTime() - now.getTime();
  return present.verify(new X509Certificate(root.certificate).publicKey) && left > TIME_TO_RENEW;
}

/** Larger than any file that `root` creates. */
const MAX_PEM_BYTES = 1024 * 1024;

/**
 * The text of a PEM file of certificates or of a key.
 * @throws an error with the `syscall` of a disk error, also if the path is not a file
 */
export function readPem(file: string): string {
  const read = readTextFile(file, MAX_PEM_BYTES);
  if ('text' in read) return read.text;
  throw Object.assign(new Error(`${file} cannot be read: ${failureReason(read)}`), { syscall: 'read', path: file });
}

export function writeKey(file: string, pem: string): void {
  writeFileSync(file, pem, { mode: 0o600 });
}
