/** Puts generated files into imports/, with the ledger, and removes what an earlier run left there. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles } from './list-files';
import { type GeneratedFile, renderSources, sourcesPath } from './sources';

export function writeFiles(folder: string, files: readonly GeneratedFile[]): void {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  texts.set(sourcesPath, renderSources(files));
  for (const path of listFiles(folder)) {
    if (!texts.has(path)) rmSync(join(folder, path));
  }
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
