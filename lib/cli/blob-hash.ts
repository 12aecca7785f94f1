/** Computes Git's hash of a text, so that texts can be compared with a commit without reading its files. */
import { createHash } from 'node:crypto';

const SHA256_DIGITS = 64;

/** @param digits of the hashes of the repository: 40 of SHA-1, 64 of SHA-256 */
export function blobHash(text: string, digits: number): string {
  const content = Buffer.from(text);
  return createHash(digits === SHA256_DIGITS ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
