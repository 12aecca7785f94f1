/** Compares an output folder with what the fleet yields, and writes nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangedLine, Position } from '../problems/problem';
import { planTree } from './compare-tree';
import type { OutputFile } from './output-file';

/** How one file of the folder is not as it must be. */
export type TreeDifference =
  | { readonly path: string; readonly kind: 'missing' | 'extra' | 'foreign' }
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
  const { changed, stale, foreign } = planTree(folder, files);
  return [
    ...changed.map((file) => differenceOf(folder, file)),
    ...stale.map((path) => ({ path, kind: 'extra' as const })),
    ...foreign.map((path) => ({ path, kind: 'foreign' as const })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function differenceOf(folder: string, { path, text }: OutputFile): TreeDifference {
  const file = join(folder, path);
  if (!existsSync(file)) {
    return { path, kind: 'missing' };
  }
  return { path, kind: 'differs', wanted: text, ...firstDifference(readFileSync(file, 'utf8'), text) };
}

/** Longer lines are cut to what surrounds the difference. */
const MAX_SHOWN = 80;

function firstDifference(found: string, wanted: string): { readonly at: Position; readonly line: ChangedLine } {
  const [here, there] = [found.split('\n'), wanted.split('\n')];
  let index = 0;
  while (here[index] === there[index]) index++;
  const [one, other] = [here[index], there[index]];
  let column = 0;
  while (one !== undefined && other !== undefined && one[column] === other[column]) column++;
  // A key that somebody put here is not printed again.
  const line = found.includes('PRIVATE KEY') ? {} : { found: shown(one, column), wanted: shown(other, column) };
  return { at: { line: index + 1, column: column + 1 }, line };
}

function shown(line: string | undefined, column: number): string | undefined {
  if (line === undefined || line.length <= MAX_SHOWN) return line?.trim();
  const from = Math.max(0, Math.min(column - MAX_SHOWN / 4, line.length - MAX_SHOWN));
  const cut = line.slice(from, from + MAX_SHOWN).trim();
  return `${from > 0 ? '…' : ''}${cut}${from + MAX_SHOWN < line.length ? '…' : ''}`;
}
