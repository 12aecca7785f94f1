/** Keeps new files aside, inside the folder they are for, until all of them can be moved to their places. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../disk/make-folder';
import { PARTIAL } from './compare-tree';
import { LOCK_FILE } from './fleet-lock';
import type { OutputFile } from './output-file';

export class Staging {
  private staged?: string;
  /** The outermost folder that had to be made, to be taken away again. */
  private made?: string;
  private isPublishing = false;
  private readonly folders = new Set<string>();

  /** @param folder need not exist, and is not touched before the first file is put aside */
  constructor(private readonly folder: string) {}

  put({ path, text }: OutputFile): void {
    this.staged ??= this.makeStaging();
    const target = join(this.staged, path);
    const parent = dirname(target);
    if (!this.folders.has(parent)) mkdirSync(parent, { recursive: true });
    this.folders.add(parent);
    writeFileSync(target, text);
  }

  /** Puts a text in the place of a file at once, beside what is staged. */
  replace({ path, text }: OutputFile): void {
    this.isPublishing = true;
    this.put({ path: `${path}.before`, text });
    renameSync(join(this.staged ?? '', `${path}.before`), join(this.folder, path));
  }

  /**
   * Moves files to their places, each whole; a folder that is new is moved as one.
   * @param isHeld files that stay for a later call
   */
  publish(isHeld: (path: string) => boolean = () => false): void {
    this.isPublishing = true;
    // What an earlier call moved to the end is no more.
    if (this.staged !== undefined && existsSync(this.staged)) moveInto(this.staged, this.folder, isHeld);
  }

  /** Leaves the folder as it was found; once files are being moved to their places, takes away what was not. */
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
  // What the next run compares with comes last: a run that ends before has changed nothing that it knows of.
  const last = ({ name }: { readonly name: string }): number => (name === LOCK_FILE ? 1 : 0);
  for (const entry of entries.sort((a, b) => last(a) - last(b) || (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && existsSync(target)) moveInto(source, target, isHeld, path);
    else if (entry.isDirectory() || !isHeld(path)) renameSync(source, target);
  }
  if (readdirSync(from).length === 0) rmdirSync(from);
}
