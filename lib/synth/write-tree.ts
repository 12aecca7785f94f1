/** Publishes an output folder: only what changed is written, only what is ours is removed, no file is ever torn. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MARKER, type OutputFile } from './output-file';

/** Name that a file has while it is being written; a leftover of a killed run is removed by the next. */
const PARTIAL_SUFFIX = '.cdk8s-spire-partial';

export interface WrittenTree {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** What writing would meet: read before anything is written, so that a refusal changes nothing. */
export interface TreePlan {
  readonly changed: readonly OutputFile[];
  /** Ours, and no longer produced. */
  readonly stale: readonly string[];
  /** Not ours, and in the way of a file we produce. */
  readonly foreign: readonly string[];
  readonly unchanged: number;
}

/** Compares the files with what is in the folder. A folder that does not exist is empty. */
export function planTree(folder: string, files: readonly OutputFile[]): TreePlan {
  const wanted = new Set(files.map((file) => file.path));
  const entries = listEntries(folder);
  const changed: OutputFile[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const obstacle = obstacleOf(file.path, entries);
    if (obstacle !== undefined) {
      foreign.push(obstacle);
      continue;
    }
    const current = entries.has(file.path) ? readFileSync(join(folder, file.path), 'utf8') : undefined;
    if (current === undefined || (current !== file.text && isOurs(current))) {
      changed.push(file);
    } else if (current !== file.text) {
      foreign.push(file.path);
    }
  }
  const regular = [...entries].filter(([, entry]) => entry === 'file').map(([path]) => path);
  const stale = regular.filter((path) => !wanted.has(path) && isRemovable(folder, path)).sort();
  return { changed, stale, foreign: [...new Set(foreign)], unchanged: files.length - changed.length - foreign.length };
}

/** Carries out a plan that met no foreign file. */
export function writeTree(folder: string, plan: TreePlan): WrittenTree {
  for (const { path, text } of plan.changed) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const partial = `${target}${PARTIAL_SUFFIX}`;
    writeFileSync(partial, text);
    renameSync(partial, target);
  }
  for (const path of plan.stale) {
    // A leftover of a killed run may just have become the file it was meant to be.
    rmSync(join(folder, path), { force: true });
    removeEmptyParents(folder, dirname(path));
  }
  const written = plan.changed.map(({ path }) => path);
  return { written, removed: plan.stale, unchanged: plan.unchanged };
}

function isOurs(text: string): boolean {
  return text.slice(0, 200).split('\n', 1)[0]?.includes(MARKER) ?? false;
}

function isRemovable(folder: string, path: string): boolean {
  return path.endsWith(PARTIAL_SUFFIX) || isOurs(readFileSync(join(folder, path), 'utf8'));
}

type Entry = 'file' | 'folder' | 'other';

/** Everything below a folder, with `/` between folders. Links are not followed: what they lead to is not ours. */
function listEntries(folder: string, below = ''): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const name of readdirIfPresent(join(folder, below))) {
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    found.set(path, stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other');
    if (stat.isDirectory()) {
      for (const [inner, entry] of listEntries(folder, path)) found.set(inner, entry);
    }
  }
  return found;
}

/** What keeps a file from being written: something else of its name, or something in place of one of its folders. */
function obstacleOf(path: string, entries: ReadonlyMap<string, Entry>): string | undefined {
  const own = entries.get(path);
  if (own !== undefined && own !== 'file') {
    return path;
  }
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    const entry = entries.get(parent);
    if (entry !== undefined && entry !== 'folder') return parent;
  }
  return undefined;
}

function readdirIfPresent(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function removeEmptyParents(folder: string, path: string): void {
  for (let parent = path; parent !== '.' && parent !== ''; parent = dirname(parent)) {
    if (readdirSync(join(folder, parent)).length > 0) return;
    rmdirSync(join(folder, parent));
  }
}
