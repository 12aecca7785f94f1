/** Knows which code makes the output: this program, what it imports, and the libraries that shape objects. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsFolder } from '../imported/imports-folder';

const LIBRARIES = ['cdk8s', 'cdk8s-plus-27', 'constructs', 'yaml'] as const;

/** Changes whenever any file of ours or the version of a library does. */
export function codeVersion(): string {
  const hash = createHash('sha256');
  const own = join(__dirname, '..');
  // Compiled, the generated classes lie beside lib/, and the schemas elsewhere.
  for (const folder of new Set([own, join(own, '..', 'imports'), importsFolder()])) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.[a-z]+$/.test(path)) hash.update(`${path}\0`).update(readFileSync(join(folder, path)));
    }
  }
  for (const library of LIBRARIES) hash.update(readFileSync(require.resolve(`${library}/package.json`)));
  return hash.digest('base64url');
}
