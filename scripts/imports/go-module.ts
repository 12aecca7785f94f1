/** Reads files out of a pinned Go module, through the go command and its cache. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PinnedModule } from './pinned-modules';
import { type Origin, sha256 } from './sources';

export interface ModuleFile {
  readonly text: string;
  readonly origin: Origin;
}

/** Reads one file of a module, downloading the module when the cache lacks it. */
export function readModuleFile(pinned: PinnedModule, path: string): ModuleFile {
  const text = readFileSync(join(findModuleFolder(pinned), path), 'utf8');
  const { module, version } = pinned;
  return { text, origin: { module, version, path, sha256: sha256(text) } };
}

const folders = new Map<string, string>();

function findModuleFolder({ module, version }: PinnedModule): string {
  const name = `${module}@${version}`;
  const known = folders.get(name);
  if (known !== undefined) return known;
  const run = spawnSync('go', ['mod', 'download', '-json', name], {
    // Outside the project: a go.mod or a vendor folder near the working directory would change what is resolved.
    cwd: tmpdir(),
    env: { ...process.env, GOFLAGS: '-mod=mod' },
    encoding: 'utf8',
  });
  if (run.error) throw new Error('the go command cannot be run', { cause: run.error });
  const answer = JSON.parse(run.stdout || '{}') as { readonly Dir?: string; readonly Error?: string };
  if (answer.Dir === undefined) throw new Error(`${name} cannot be downloaded: ${answer.Error ?? run.stderr}`);
  folders.set(name, answer.Dir);
  return answer.Dir;
}
