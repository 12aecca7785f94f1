/** Compares imports/ with its ledger, without network. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './list-files';
import { type SourceEntry, sha256, sourcesPath } from './sources';

/** One sentence per difference; none when every file is as it was generated. */
export function checkFiles(folder: string): readonly string[] {
  const ledger = join(folder, sourcesPath);
  if (!existsSync(ledger)) return [`${sourcesPath} is missing`];
  const entries = JSON.parse(readFileSync(ledger, 'utf8')) as readonly SourceEntry[];
  const expected = new Map(entries.map((entry) => [entry.file, entry.sha256]));
  const present = listFiles(folder).filter((path) => path !== sourcesPath);
  const faults = present.flatMap((path) => {
    if (!expected.has(path)) return [`${path} is not listed in ${sourcesPath}`];
    const changed = sha256(readFileSync(join(folder, path))) !== expected.get(path);
    return changed ? [`${path} is not what was generated`] : [];
  });
  const missing = [...expected.keys()].filter((path) => !present.includes(path));
  return [...faults, ...missing.map((path) => `${path} is missing`)];
}
