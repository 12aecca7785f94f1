/** Holds output files against an output folder: what is the same, what changed, what is stale, what belongs to somebody else. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_FILE } from './fleet-lock';
import { isOurs, type OutputFile } from './output-file';
import { type Selection, selects, WHOLE } from './selection';

/** In the name of what a run has not finished; a leftover of a killed run is removed by the next. */
export const PARTIAL = '.cdk8s-spire-partial';

/** What writing would meet: read before anything is written, so that a refusal changes nothing. */
export interface TreePlan {
  readonly changed: readonly OutputFile[];
  /** Ours, and no longer produced. */
  readonly stale: readonly string[];
  /** Not ours, and in the way of a file we produce. */
  readonly foreign: readonly string[];
  readonly unchanged: number;
}

/**
 * Compares the files with what is in the folder. A folder that does not exist is empty.
 * @param selection the part of the output that the files are all of
 */
export function planTree(folder: string, files: readonly OutputFile[], selection = WHOLE): TreePlan {
  const comparison = new TreeComparison(folder, selection);
  const changed = files.filter((file) => comparison.isChanged(file));
  const { foreign, unchanged } = comparison;
  return { changed, stale: comparison.stale(), foreign: [...foreign], unchanged };
}

/** Compares files as they come, and keeps none of their texts. */
export class TreeComparison {
  readonly foreign = new Set<string>();
  unchanged = 0;
  /** What is in the folder; of files, those that no file we produce has claimed yet. */
  private readonly entries: Map<string, Entry>;

  constructor(
    private readonly folder: string,
    private readonly selection: Selection,
  ) {
    this.entries = listEntries(folder);
  }

  /** Whether a file is to be written. Files in the way that are not ours are noted as foreign instead. */
  isChanged({ path, text }: OutputFile): boolean {
    const obstacle = obstacleOf(path, this.entries);
    if (obstacle !== undefined) {
      this.foreign.add(obstacle);
      return false;
    }
    if (!this.entries.delete(path)) {
      return true;
    }
    const current = readFileSync(join(this.folder, path), 'utf8');
    if (current === text) {
      this.unchanged += 1;
      return false;
    }
    if (isOurs(current)) {
      return true;
    }
    this.foreign.add(path);
    return false;
  }

  /** The lock of another output further down, whose files would be taken for stale ones of this. */
  get nested(): string | undefined {
    return [...this.entries.keys()].find((path) => path.endsWith(`/${LOCK_FILE}`) && !path.includes(PARTIAL));
  }

  /** The bytes of a file that is in place and that nobody claimed. */
  tryRead(path: string): Buffer | undefined {
    return this.entries.get(path) === 'file' ? readFileSync(join(this.folder, path)) : undefined;
  }

  /** Claims files that are known to be in place. */
  claim(paths: readonly string[]): void {
    for (const path of paths) this.entries.delete(path);
    this.unchanged += paths.length;
  }

  /** Files of ours in the part that nobody claimed, sorted; to be asked once all files have come. */
  stale(): readonly string[] {
    return [...this.entries]
      .filter(([path, entry]) => entry === 'file' && this.isOfThePart(path) && isRemovable(this.folder, path))
      .map(([path]) => path)
      .sort();
  }

  /** What a run has not finished may be that of another part, at work beside this one. */
  private isOfThePart(path: string): boolean {
    return path.includes(PARTIAL) ? this.selection === WHOLE : selects(this.selection, path);
  }
}

function isRemovable(folder: string, path: string): boolean {
  return path.includes(PARTIAL) || isOurs(readFileSync(join(folder, path), 'utf8'));
}

type Entry = 'file' | 'folder' | 'other';

/** Everything below a folder, with `/` between folders. Links are not followed: what they lead to is not ours. */
function listEntries(folder: string, below = '', found = new Map<string, Entry>()): Map<string, Entry> {
  for (const entry of readdirIfPresent(join(folder, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    found.set(path, entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other');
    if (entry.isDirectory()) listEntries(folder, path, found);
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

function readdirIfPresent(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
