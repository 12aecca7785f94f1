/** Asks Git what a commit holds, and where in the repository a folder is; a folder outside of Git has no answers. */
import { createHash } from 'node:crypto';
import type { Environment } from './environment';

type Execute = Environment['execute'];

/** Path of a folder below the top of its repository, ending in `/`; empty at the top, and outside of Git. */
export function pathInRepository(folder: string, execute: Execute): string {
  const { status, stdout } = execute('git', ['-C', folder, 'rev-parse', '--show-prefix']);
  return status === 0 ? stdout.trim() : '';
}

/** A file of a folder as a revision holds it; undefined where it holds none. Throws for a revision that there is not. */
export function fileAt(revision: string, path: string, folder: string, execute: Execute): string | undefined {
  const git = (...args: readonly string[]): ReturnType<Execute> => execute('git', ['-C', folder, ...args]);
  if (git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).status !== 0) {
    throw new UnknownRevision(`Git knows no revision "${revision}" here`);
  }
  const { status, stdout } = git('show', '--end-of-options', `${revision}:./${path}`);
  return status === 0 ? stdout : undefined;
}

export class UnknownRevision extends Error {}

/** Tells whether a file below a folder has this text in the last commit. */
export type IsCommitted = (path: string, text: string) => boolean;

/** Compares by the hashes that Git keeps, so that no file is read out of it. */
export function lastCommit(folder: string, execute: Execute): IsCommitted {
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
