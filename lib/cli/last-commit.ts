/** Compares texts with the last commit by their Git hashes. Outside of a Git repository, nothing matches. */
import { blobHash } from './blob-hash';
import type { Environment } from './environment';

/** Whether a file below a folder has this text in the last commit. */
export type IsCommitted = (path: string, text: string) => boolean;

/** Compares Git's hashes, so that no file is read from the repository. */
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
