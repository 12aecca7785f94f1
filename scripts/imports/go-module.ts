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

function findModuleFolder(pinned: PinnedModule): string {
  const name = `${pinned.module}@${pinned.version}`;
  const known = folders.get(name);
  if (known !== undefined) return known;
  const answer = download(pinned);
  if (answer.Dir === undefined) throw new Error(`${name} cannot be downloaded: ${answer.Error}`);
  folders.set(name, answer.Dir);
  return answer.Dir;
}

/** Whether a version can be downloaded and verified; the cache then has it. */
export function canBeDownloaded(pinned: PinnedModule): boolean {
  return download(pinned).Dir !== undefined;
}

/** Versions that the module proxy lists, releases and others; none where it lists nothing. */
export function listVersions(module: string): readonly string[] {
  const { text } = runGo(['list', '-m', '-versions', '-json', module]);
  return (JSON.parse(text || '{}') as { readonly Versions?: readonly string[] }).Versions ?? [];
}

function download({ module, version }: PinnedModule): { readonly Dir?: string; readonly Error?: string } {
  const { text, error } = runGo(['mod', 'download', '-json', `${module}@${version}`]);
  return { Error: error, ...(JSON.parse(text || '{}') as { readonly Dir?: string; readonly Error?: string }) };
}

function runGo(command: readonly string[]): { readonly text: string; readonly error: string } {
  const run = spawnSync('go', command, {
    // Outside the project: a go.mod or a vendor folder near the working directory would change what is resolved.
    cwd: tmpdir(),
    env: { ...process.env, GOFLAGS: '-mod=mod' },
    encoding: 'utf8',
  });
  if (run.error) throw new Error('the go command cannot be run', { cause: run.error });
  return { text: run.stdout, error: run.stderr };
}
