/** Stages new files inside their target folder until all of them can be moved to their places. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../disk/make-folder';
import { PARTIAL } from './compare-tree';
import { LOCK_FILE } from './fleet-lock';
import type { OutputFile } from './output-file';

export class Staging {
  private staged?: string;
  /** The outermost folder that was created, so that it can be removed again. */
  private made?: string;
  private isPublishing = false;
  private readonly folders = new Set<string>();

  /** @param folder need not exist; it is created when the first file is staged */
  constructor(private readonly folder: string) {}

  /** @returns the path of the staged file */
  put({ path, text }: OutputFile): string {
    this.staged ??= this.makeStaging();
    const target = join(this.staged, path);
    const parent = dirname(target);
    if (!this.folders.has(parent)) mkdirSync(parent, { recursive: true });
    this.folders.add(parent);
    writeFileSync(target, text);
    return target;
  }

  /** Replaces a file immediately, without staging it. */
  replace({ path, text }: OutputFile): void {
    this.isPublishing = true;
    renameSync(this.put({ path: `${path}.before`, text }), join(this.folder, path));
  }

  /**
   * Moves staged files to their places, each atomically. A new folder is moved as a whole.
   * @param isHeld whether a file stays staged for a later call
   */
  publish(isHeld: (path: string) => boolean = () => false): void {
    this.isPublishing = true;
    // An earlier call may have moved everything.
    if (this.staged !== undefined && existsSync(this.staged)) moveInto(this.staged, this.folder, isHeld);
  }

  /** Removes the files that are still staged. Before publishing, this restores the folder as it was. */
  discard(): void {
    const temporary = this.isPublishing ? this.staged : (this.made ?? this.staged);
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }

  private makeStaging(): string {
    this.made = makeFolder(this.folder);
    return mkdtempSync(join(this.folder, PARTIAL));
  }
}

function moveInto(from: string, to: string, isHeld: (path: string) => boolean, below = ''): void {
  const entries = readdirSync(from, { withFileTypes: true });
  // The lock is moved last: if the run ends before, the next run still compares with the earlier decisions.
  const last = ({ name }: { readonly name: string }): number => (name === LOCK_FILE ? 1 : 0);
  for (const entry of entries.sort((a, b) => last(a) - last(b) || (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && existsSync(target)) moveInto(source, target, isHeld, path);
    else if (entry.isDirectory() || !isHeld(path)) renameSync(source, target);
  }
  if (readdirSync(from).length === 0) rmdirSync(from);
}
