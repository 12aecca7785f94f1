/** Publishes an output folder: only what changed is written, only what is ours is removed, no file is ever torn. */
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextFile } from '../disk/read-file';
import { type LeftAlone, TreeComparison, type TreePlan } from './compare-tree';
import { LOCK_FILE } from './fleet-lock';
import type { OutputFile } from './output-file';
import { WHOLE } from './selection';
import { Staging } from './staging';
import { isList, MAX_LIST_BYTES, unitedList } from './written-files';

export interface WrittenTree {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** Carries out a plan that met no foreign file. */
export function writeTree(folder: string, plan: TreePlan): WrittenTree {
  const staging = new Staging(folder);
  for (const file of plan.changed) staging.put(file);
  publishStaged(staging, { folder, lists: plan.changed.filter(({ path }) => isList(path)), removed: plan.stale });
  return { written: plan.changed.map(({ path }) => path), removed: plan.stale, unchanged: plan.unchanged };
}

interface PublishedParts {
  readonly folder: string;
  /** Lists of written files that changed. */
  readonly lists: readonly OutputFile[];
  readonly removed: readonly string[];
}

/**
 * Whenever this is broken off, a list names each file that was written and each that is still to be removed:
 * the next run knows all of them for ours.
 */
function publishStaged(staging: Staging, { folder, lists, removed }: PublishedParts): void {
  for (const { path, text } of lists) {
    const before = readTextFile(join(folder, path), MAX_LIST_BYTES);
    if ('text' in before) staging.replace({ path, text: unitedList(before.text, text) });
  }
  staging.publish((path) => isList(path) || path === LOCK_FILE);
  removeFiles(folder, removed);
  staging.publish();
}

/** An output folder whose files come a few at a time; nothing in it changes before all have come. */
export class StagedTree {
  private readonly comparison: TreeComparison;
  private readonly staging: Staging;
  private readonly written: string[] = [];
  private readonly lists: OutputFile[] = [];
  private published: 'not yet' | 'partly' | 'all' = 'not yet';

  /**
   * @param folder need not exist
   * @param selection the part of the output that the files are all of
   */
  constructor(
    private readonly folder: string,
    selection = WHOLE,
  ) {
    this.comparison = new TreeComparison(folder, selection);
    this.staging = new Staging(folder);
  }

  add(files: readonly OutputFile[]): void {
    for (const file of files) {
      if (!this.comparison.isChanged(file)) continue;
      this.staging.put(file);
      this.written.push(file.path);
      if (isList(file.path)) this.lists.push(file);
    }
  }

  /** The lock of another output further down; where there is one, the tree is to be discarded. */
  get nested(): string | undefined {
    return this.comparison.nested;
  }

  /** Files of somebody else that are in the way; where there is one, the tree is to be discarded. */
  get foreign(): readonly string[] {
    return [...this.comparison.foreign];
  }

  /** Files that stay although the fleet does not yield them, and that a person may take for output; asked before publishing. */
  get leftAlone(): readonly LeftAlone[] {
    return this.comparison.leftAlone();
  }

  /** Whether something kept publishing from its end; the next synthesis goes on from there. */
  get isPartlyPublished(): boolean {
    return this.published === 'partly';
  }

  /** Moves what changed to its place, and removes what is no longer produced. */
  publish(): WrittenTree {
    const { folder, lists } = this;
    const removed = this.comparison.stale();
    this.published = 'partly';
    publishStaged(this.staging, { folder, lists, removed });
    for (const path of this.comparison.leftovers) rmSync(join(folder, path), { recursive: true, force: true });
    this.published = 'all';
    return { written: this.written.sort(), removed, unchanged: this.comparison.unchanged };
  }

  /** Leaves the folder as it was found, or as far as it was published; of a tree that was published nothing is left to discard. */
  discard(): void {
    this.staging.discard();
  }
}

function removeFiles(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    rmSync(join(folder, path), { force: true });
    removeEmptyParents(folder, dirname(path));
  }
}

function removeEmptyParents(folder: string, path: string): void {
  for (let parent = path; parent !== '.' && parent !== ''; parent = dirname(parent)) {
    if (readdirSync(join(folder, parent)).length > 0) return;
    rmdirSync(join(folder, parent));
  }
}
