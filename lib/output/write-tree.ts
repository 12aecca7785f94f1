/** Publishes an output folder. Writes only changed files, removes only our own files, and never leaves a file half written. */
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

/** Carries out a plan that has no foreign files. */
export function writeTree(folder: string, plan: TreePlan): WrittenTree {
  const staging = new Staging(folder);
  for (const file of plan.changed) staging.put(file);
  publishStaged(staging, { folder, lists: plan.changed.filter(({ path }) => isList(path)), removed: plan.stale });
  return { written: plan.changed.map(({ path }) => path), removed: plan.stale, unchanged: plan.unchanged };
}

interface PublishedParts {
  readonly folder: string;
  /** The changed lists of written files. */
  readonly lists: readonly OutputFile[];
  readonly removed: readonly string[];
}

/**
 * Publishes in an order that can be interrupted anywhere: the lists always name each written file and each file that is
 * still to be removed, so the next run recognizes all of them as ours.
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

/** An output folder whose files arrive a few at a time. The folder changes only after all files have arrived. */
export class StagedTree {
  private readonly comparison: TreeComparison;
  private readonly staging: Staging;
  private readonly written: string[] = [];
  private readonly lists: OutputFile[] = [];
  private published: 'not yet' | 'partly' | 'all' = 'not yet';

  /**
   * @param folder need not exist
   * @param selection the part of the output that the files make up
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

  /** The lock of another output in a subfolder. If there is one, discard the tree. */
  get nested(): string | undefined {
    return this.comparison.nested;
  }

  /** Files of somebody else at paths of the output. If there are any, discard the tree. */
  get foreign(): readonly string[] {
    return [...this.comparison.foreign];
  }

  /** Files that are kept and look like output but are not. Call it before publishing. */
  get leftAlone(): readonly LeftAlone[] {
    return this.comparison.leftAlone();
  }

  /** Whether publishing failed half-way. The next synthesis completes it. */
  get isPartlyPublished(): boolean {
    return this.published === 'partly';
  }

  /** Moves changed files to their places and removes files that are no longer produced. */
  publish(): WrittenTree {
    const { folder, lists } = this;
    const removed = this.comparison.stale();
    this.published = 'partly';
    publishStaged(this.staging, { folder, lists, removed });
    for (const path of this.comparison.leftovers) rmSync(join(folder, path), { recursive: true, force: true });
    this.published = 'all';
    return { written: this.written.sort(), removed, unchanged: this.comparison.unchanged };
  }

  /** Removes staged files. Files that were already published stay. Does nothing after a complete publication. */
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
