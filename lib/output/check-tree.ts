/** Compares an output folder with the output of the fleet, without writing anything. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readListed } from '../disk/read-file';
import type { ChangedLine } from '../problems/facts';
import { holdsPrivateKey } from '../problems/private-keys';
import type { Position } from '../problems/problem';
import { TreeComparison } from './compare-tree';
import { conflictLine } from './conflict-markers';
import type { OutputFile } from './output-file';
import { WHOLE } from './selection';
import { isList } from './written-files';

/** How one file of the folder differs from the output. */
export type TreeDifference =
  | { readonly path: string; readonly kind: 'missing' | 'extra' | 'foreign' | 'unlisted' | 'unapplied' }
  | {
      readonly path: string;
      readonly kind: 'differs';
      /** Position of the first character that differs. */
      readonly at: Position;
      readonly line: ChangedLine;
      /** The text that the output has at this position. */
      readonly wanted: string;
    };

/** The changes that writing would make, sorted by path. Empty if the folder is up to date. */
export function checkTree(folder: string, files: readonly OutputFile[]): readonly TreeDifference[] {
  const check = new TreeCheck(folder);
  check.add(files);
  return check.differences();
}

/** Compares a folder with files that arrive a few at a time. Keeps only the texts that differ. */
export class TreeCheck {
  private readonly comparison: TreeComparison;
  private readonly changed: TreeDifference[] = [];
  private taken = 0;

  /**
   * @param folder need not exist
   * @param selection the part of the output that the files make up
   */
  constructor(
    private readonly folder: string,
    selection = WHOLE,
  ) {
    this.comparison = new TreeComparison(folder, selection);
  }

  /** The number of files compared so far. */
  get files(): number {
    return this.taken;
  }

  add(files: readonly OutputFile[]): void {
    this.taken += files.length;
    for (const file of files) {
      if (this.comparison.isChanged(file)) this.changed.push(differenceOf(this.folder, file));
    }
  }

  /** The differences, sorted by path. Call it after all files were compared. */
  differences(): readonly TreeDifference[] {
    const { foreign } = this.comparison;
    return [
      ...this.changed,
      ...[...this.comparison.stale(), ...this.comparison.leftovers].map((path) => ({ path, kind: 'extra' as const })),
      ...this.comparison.leftAlone().map(({ path, marked }) => ({ path, kind: kindOfLeftAlone(marked) })),
      ...[...foreign].map((path) => ({ path, kind: 'foreign' as const })),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

function kindOfLeftAlone(marked: boolean): 'unlisted' | 'unapplied' {
  return marked ? 'unlisted' : 'unapplied';
}

/** Bytes that are read from a file beyond the length that it must have. */
const MORE_BYTES = 4096;

function differenceOf(folder: string, { path, text }: OutputFile): TreeDifference {
  const file = join(folder, path);
  if (!existsSync(file)) {
    return { path, kind: 'missing' };
  }
  const { bytes } = readListed(file, Buffer.byteLength(text) + MORE_BYTES);
  return { path, kind: 'differs', wanted: text, ...changeIn(path, bytes.toString('utf8'), text) };
}

interface Change {
  readonly at: Position;
  readonly line: ChangedLine;
}

/** A file with conflict markers and a list of files are reported as a whole, because their first differing line says little. */
function changeIn(path: string, found: string, wanted: string): Change {
  const conflict = conflictLine(found);
  if (conflict !== undefined) return { at: { line: conflict, column: 1 }, line: { cause: 'conflict-markers' } };
  if (isList(path)) return { at: { line: 1, column: 1 }, line: { cause: 'list-of-files' } };
  return firstDifference(found, wanted);
}

/** Longer lines are cut around the difference. */
const MAX_SHOWN = 80;

function firstDifference(found: string, wanted: string): Change {
  const [here, there] = [found.split('\n'), wanted.split('\n')];
  let index = 0;
  // Another process may have written the file between two reads, so that it no longer differs.
  while (index < here.length && here[index] === there[index]) index++;
  const [one, other] = [here[index], there[index]];
  let column = 0;
  while (one !== undefined && other !== undefined && one[column] === other[column]) column++;
  // Do not print a private key that somebody put into the file.
  const line = holdsPrivateKey(found) ? {} : { found: shown(one, column), wanted: shown(other, column) };
  return { at: { line: index + 1, column: column + 1 }, line };
}

function shown(line: string | undefined, column: number): string | undefined {
  if (line === undefined || line.length <= MAX_SHOWN) return line?.trim();
  const from = Math.max(0, Math.min(column - MAX_SHOWN / 4, line.length - MAX_SHOWN));
  const cut = line.slice(from, from + MAX_SHOWN).trim();
  return `${from > 0 ? '…' : ''}${cut}${from + MAX_SHOWN < line.length ? '…' : ''}`;
}
