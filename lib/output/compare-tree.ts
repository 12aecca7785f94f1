/** Compares output files with an output folder: unchanged, changed, stale, and files that this program did not write. */
import { type Dirent, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readListed, readStart } from '../disk/read-file';
import { LOCK_FILE } from './fleet-lock';
import { isOurs, MARKED_BYTES, type OutputFile } from './output-file';
import { RUN_LOCK } from './run-lock-file';
import { type Selection, selects, WHOLE } from './selection';
import { clusterOf, isList, WrittenFiles } from './written-files';

/** Prefix of the folders in which a run stages files. The next run removes those that a killed run left. */
export const PARTIAL = '.cdk8s-spire-partial-';

/** The result of the comparison, complete before anything is written, so that a refusal changes nothing. */
export interface TreePlan {
  readonly changed: readonly OutputFile[];
  /** Files that we wrote and no longer produce. */
  readonly stale: readonly string[];
  /** Files of somebody else at the path of a file that we produce. */
  readonly foreign: readonly string[];
  readonly unchanged: number;
}

/** A file that is kept although it is not in the output of the fleet. */
export interface LeftAlone {
  readonly path: string;
  /** Whether its first line says that we wrote it. No list of written files names it. */
  readonly marked: boolean;
}

/**
 * Compares the files with the folder. A folder that does not exist counts as empty.
 * @param selection the part of the output that the files make up
 */
export function planTree(folder: string, files: readonly OutputFile[], selection = WHOLE): TreePlan {
  const comparison = new TreeComparison(folder, selection);
  const changed = files.filter((file) => comparison.isChanged(file));
  const { foreign, unchanged } = comparison;
  return { changed, stale: comparison.stale(), foreign: [...foreign], unchanged };
}

/** Compares files as they arrive and keeps none of their texts. */
export class TreeComparison {
  readonly foreign = new Set<string>();
  unchanged = 0;
  /** The entries of the folder, without the files that match a produced file. */
  private readonly entries: Map<string, Entry>;
  private readonly clusters = new Set<string | undefined>();
  private readonly written: WrittenFiles;

  constructor(
    private readonly folder: string,
    private readonly selection: Selection,
  ) {
    this.entries = listEntries(folder);
    this.written = new WrittenFiles(folder);
  }

  /** Whether a file must be written. If a file of somebody else has its path, that file is recorded as foreign instead. */
  isChanged({ path, text }: OutputFile): boolean {
    this.clusters.add(clusterOf(path));
    const obstacle = obstacleOf(path, this.entries);
    if (obstacle !== undefined) {
      this.foreign.add(obstacle);
      return false;
    }
    if (!this.entries.delete(path)) {
      return true;
    }
    const wanted = Buffer.from(text);
    const start = readListed(join(this.folder, path), Math.max(wanted.length, MARKED_BYTES));
    if (start.size === wanted.length && start.bytes.equals(wanted)) {
      this.unchanged += 1;
      return false;
    }
    if (isOurs(start.bytes.toString('utf8'))) {
      return true;
    }
    this.foreign.add(path);
    return false;
  }

  /** The lock of another output in a subfolder. Its files would count as stale files of this output. */
  get nested(): string | undefined {
    return [...this.entries.keys()].find((path) => path.endsWith(`/${LOCK_FILE}`));
  }

  /** Staging folders that killed runs left. */
  get leftovers(): readonly string[] {
    return [...this.entries].filter(([, entry]) => entry === 'leftover').map(([path]) => path);
  }

  /** Files of the part that we wrote and no longer produce, sorted, lists last. Call it after all files were compared. */
  stale(): readonly string[] {
    return this.unclaimed()
      .filter((path) => this.entries.get(path) === 'file' && this.written.has(path) && this.isMarked(path))
      .sort((a, b) => Number(isList(a)) - Number(isList(b)) || (a < b ? -1 : 1));
  }

  /**
   * Files that look like output but are not, sorted. Call it after all files were compared.
   * - Manifests in the folder of a cluster, which nothing applies.
   * - Files that our first line marks and that no list names, such as those that a version without lists wrote.
   */
  leftAlone(): readonly LeftAlone[] {
    return this.unclaimed()
      .filter((path) => !this.written.has(path) || !this.isMarked(path))
      .map((path) => ({ path, marked: this.isMarked(path) }))
      .filter(({ path, marked }) => marked || (MANIFEST.test(path) && this.clusters.has(clusterOf(path) ?? '')))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private unclaimed(): readonly string[] {
    return [...this.entries]
      .filter(([path, entry]) => (entry === 'file' || entry === 'other') && selects(this.selection, path))
      .map(([path]) => path);
  }

  private isMarked(path: string): boolean {
    if (this.entries.get(path) !== 'file') return false;
    const start = readStart(join(this.folder, path), MARKED_BYTES);
    return !('failure' in start) && isOurs(start.bytes.toString('utf8'));
  }
}

/** Files that kubectl and kustomize can apply. */
const MANIFEST = /\.(json|ya?ml)$/;

type Entry = 'file' | 'folder' | 'other' | 'leftover';

/** All entries below a folder, with `/` between folders. Links are not followed, because their targets are not ours. */
function listEntries(folder: string, below = '', found = new Map<string, Entry>()): Map<string, Entry> {
  for (const entry of readdirIfPresent(join(folder, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (path === RUN_LOCK) continue;
    if (entry.isDirectory() && path.startsWith(PARTIAL)) {
      found.set(path, 'leftover');
      continue;
    }
    found.set(path, entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other');
    if (entry.isDirectory()) listEntries(folder, path, found);
  }
  return found;
}

/** The entry that prevents a file from being written: it has the path of the file, or of one of its folders. */
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

/** Node cannot open a folder by the name that it returns if that name is not UTF-8. Such a folder is none of ours. */
function readdirIfPresent(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
