/** Keeps new files aside, inside the folder they are for, until all of them can be moved to their places. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

  /** Moves each file to its place whole; a folder that is new is moved as one. */
  publish(): void {
    this.isPublishing = true;
    if (this.staged !== undefined) moveInto(this.staged, this.folder);
  }

  /** Leaves the folder as it was found; once files are being moved to their places, takes away what was not. */
  discard(): void {
    const temporary = this.isPublishing ? this.staged : (this.made ?? this.staged);
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }

  private makeStaging(): string {
    if (!existsSync(this.folder)) this.made = mkdirSync(this.folder, { recursive: true });
    return mkdtempSync(join(this.folder, `${PARTIAL}-`));
  }
}

function moveInto(from: string, to: string): void {
  const entries = readdirSync(from, { withFileTypes: true });
  // What the next run compares with comes last: a run that ends before has changed nothing that it knows of.
  const last = ({ name }: { readonly name: string }): number => (name === LOCK_FILE ? 1 : 0);
  for (const entry of entries.sort((a, b) => last(a) - last(b) || (a.name < b.name ? -1 : 1))) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && existsSync(target)) moveInto(source, target);
    else renameSync(source, target);
  }
  rmdirSync(from);
}
