/** Tells which texts the last commit holds, by the hashes that Git keeps; outside of Git there are none. */
import { createHash } from 'node:crypto';
import type { Environment } from './environment';

/** Tells whether a file below a folder has this text in the last commit. */
export type IsCommitted = (path: string, text: string) => boolean;

/** Compares by the hashes that Git keeps, so that no file is read out of it. */
export function lastCommit(folder: string, execute: Environment['execute']): IsCommitted {
  const { status, stdout } = execute('git', ['-C', folder, 'ls-tree', '-r', '-z', 'HEAD', '.']);
  const hashes = new Map(
    (status === 0 ? stdout.split('\0') : []).flatMap((line): (readonly [string, string])[] => {
      const [, hash, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return hash === undefined || path === undefined ? [] : [[path, hash]];
    }),
  );
  return (path, text) => {
    const hash = hashes.get(path);
    return hash !== undefined && hash === blobHash(text, hash.length);
  };
}

/** Digits of a hash in a repository that uses SHA-256. */
const SHA256_DIGITS = 64;

function blobHash(text: string, digits: number): string {
  const content = Buffer.from(text);
  return createHash(digits === SHA256_DIGITS ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
