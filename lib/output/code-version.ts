/** Knows which code makes the output: this program, what it imports, and the libraries that shape objects. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importsFolder } from '../schemas/imports-folder';

const LIBRARIES = ['cdk8s', 'cdk8s-plus-27', 'constructs', 'yaml'] as const;

/** Changes whenever any file of ours or the version of a library does. */
export function codeVersion(): string {
  const hash = createHash('sha256');
  const own = dirname(importsFolder());
  // In a checkout the code runs from lib/, in the published package from build/; a bundle of it may lie elsewhere.
  for (const folder of ['build', 'imports', 'lib'].map((name) => join(own, name)).filter(existsSync)) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.[a-z]+$/.test(path)) hash.update(`${path}\0`).update(readFileSync(join(folder, path)));
    }
  }
  // What was bundled holds the libraries, and may run where none is installed.
  if (existsSync(join(own, 'lib'))) {
    for (const library of LIBRARIES) hash.update(readFileSync(require.resolve(`${library}/package.json`)));
  }
  return hash.digest('base64url');
}
