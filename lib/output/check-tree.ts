/** Compares an output folder with what the fleet yields, and writes nothing. */
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

/** How one file of the folder is not as it must be. */
export type TreeDifference =
  | { readonly path: string; readonly kind: 'missing' | 'extra' | 'foreign' | 'unlisted' | 'unapplied' }
  | {
      readonly path: string;
      readonly kind: 'differs';
      /** First character that differs. */
      readonly at: Position;
      readonly line: ChangedLine;
      /** What must stand here. */
      readonly wanted: string;
    };

/** What writing would change, sorted by path; empty for a folder that is as it must be. */
export function checkTree(folder: string, files: readonly OutputFile[]): readonly TreeDifference[] {
  const check = new TreeCheck(folder);
  check.add(files);
  return check.differences();
}

/** Holds a folder against files that come a few at a time, and keeps the texts of those alone that differ. */
export class TreeCheck {
  private readonly comparison: TreeComparison;
  private readonly changed: TreeDifference[] = [];
  private taken = 0;

  /**
   * @param folder need not exist
   * @param selection the part of the output that the files are all of
   */
  constructor(
    private readonly folder: string,
    selection = WHOLE,
  ) {
    this.comparison = new TreeComparison(folder, selection);
  }

  /** How many files have come. */
  get files(): number {
    return this.taken;
  }

  add(files: readonly OutputFile[]): void {
    this.taken += files.length;
    for (const file of files) {
      if (this.comparison.isChanged(file)) this.changed.push(differenceOf(this.folder, file));
    }
  }

  /** Sorted by path; to be asked once all files have come. */
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

/** So much of a file is compared beyond what it must be. */
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

/** A conflict and a list of files are described as a whole: their first line that differs says little. */
function changeIn(path: string, found: string, wanted: string): Change {
  const conflict = conflictLine(found);
  if (conflict !== undefined) return { at: { line: conflict, column: 1 }, line: { cause: 'conflict-markers' } };
  if (isList(path)) return { at: { line: 1, column: 1 }, line: { cause: 'list-of-files' } };
  return firstDifference(found, wanted);
}

/** Longer lines are cut to what surrounds the difference. */
const MAX_SHOWN = 80;

function firstDifference(found: string, wanted: string): Change {
  const [here, there] = [found.split('\n'), wanted.split('\n')];
  let index = 0;
  // Somebody may write between two readings, so that nothing differs any more.
  while (index < here.length && here[index] === there[index]) index++;
  const [one, other] = [here[index], there[index]];
  let column = 0;
  while (one !== undefined && other !== undefined && one[column] === other[column]) column++;
  // A key that somebody put here is not printed again.
  const line = holdsPrivateKey(found) ? {} : { found: shown(one, column), wanted: shown(other, column) };
  return { at: { line: index + 1, column: column + 1 }, line };
}

function shown(line: string | undefined, column: number): string | undefined {
  if (line === undefined || line.length <= MAX_SHOWN) return line?.trim();
  const from = Math.max(0, Math.min(column - MAX_SHOWN / 4, line.length - MAX_SHOWN));
  const cut = line.slice(from, from + MAX_SHOWN).trim();
  return `${from > 0 ? '…' : ''}${cut}${from + MAX_SHOWN < line.length ? '…' : ''}`;
}
