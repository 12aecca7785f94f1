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
  const wanted = new Map(files.map((file) => [file.path, file.text]));
  const present = listFiles(folder);
  const changed: OutputFile[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const current = present.has(file.path) ? readFileSync(join(folder, file.path), 'utf8') : undefined;
    if (current === file.text) {
      continue;
    }
    if (current === undefined || isOurs(current)) {
      changed.push(file);
    } else {
      foreign.push(file.path);
    }
  }
  const stale = [...present].filter((path) => !wanted.has(path) && isRemovable(folder, path)).sort();
  return { changed, stale, foreign, unchanged: files.length - changed.length - foreign.length };
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

/** Regular files below a folder, with `/` between folders. Links are not followed: what they lead to is not ours. */
function listFiles(folder: string, below = ''): Set<string> {
  const found = new Set<string>();
  for (const name of readdirIfPresent(join(folder, below))) {
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) {
      for (const inner of listFiles(folder, path)) found.add(inner);
    } else if (stat.isFile()) {
      found.add(path);
    }
  }
  return found;
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
