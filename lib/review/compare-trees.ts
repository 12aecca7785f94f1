/** Compares two outputs object by object. The file of an object does not matter, only its content. */
import { type Problem, problem } from '../problems/problem';
import type { Change, Item } from './change';
import { compareFields, isSame } from './compare-fields';
import { compareText } from './compare-text';
import { type FilePaths, pathsOf, type Side } from './file-tree';
import { isKustomizationFile, isOfItsFolder, withWhatIsMissing } from './kustomization';
import { HELM_VALUES, isKustomization, PAGE, readItems } from './read-items';

export interface Comparison {
  /** Sorted by cluster, then in the order of `dist/`. Empty if there are problems. */
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/**
 * Compares an earlier output with a later one.
 * - A file that is the same on both sides is not parsed, except a kustomization next to added or removed files.
 * - Objects are matched by cluster, API group, kind, namespace and name. A new API version is a changed field.
 */
export function compareTrees(base: Side, target: Side): Comparison {
  const problems: Problem[] = [];
  const itemsOf = (side: Side, other: Side): ReadonlyMap<string, Item> =>
    keyed(side, changedFiles(side, other), (found) => problems.push(found));
  const [before, after] = [itemsOf(base, target), itemsOf(target, base)];
  if (problems.length > 0) {
    return { changes: [], problems };
  }
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    changeOf(before.get(key), after.get(key)).filter((change) => !isOfNoNews(change, base, target)),
  );
  return { changes: changes.sort((one, other) => compareText(orderOf(one), orderOf(other))), problems: [] };
}

/** Files that differ, and unchanged kustomizations whose meaning may have changed. */
function changedFiles(side: Side, other: Side): readonly string[] {
  const moved = foldersWithMoves(pathsOf(side), pathsOf(other));
  return [...side.files]
    .filter(
      ([path, text]) => text !== other.files.get(path) || (isKustomizationFile(path) && tellsOf(moved, path, text)),
    )
    .map(([path]) => path)
    .sort();
}

/** Top-level folders of the output in which a file was added or removed. */
function foldersWithMoves(one: FilePaths, other: FilePaths): ReadonlySet<string> {
  const lone = (files: FilePaths, without: FilePaths): readonly string[] =>
    [...files.keys()].filter((path) => !without.has(path)).map(topOf);
  return new Set([...lone(one, other), ...lone(other, one)]);
}

function topOf(path: string): string {
  return path.slice(0, path.indexOf('/') + 1);
}

/** Whether a file is a kustomization in a folder with added or removed files. Its effect can change although its text does not. */
function tellsOf(moved: ReadonlySet<string>, path: string, text: string): boolean {
  const top = topOf(path);
  return moved.size > 0 && (top === '' || moved.has(top) || text.includes('..'));
}

function keyed(side: Side, paths: readonly string[], report: (found: Problem) => void): ReadonlyMap<string, Item> {
  const found = new Map<string, Item>();
  for (const item of paths.flatMap((path) => readItems(side, path, report))) {
    const key = keyOf(item);
    const first = found.get(key);
    if (first !== undefined) {
      const object = `${item.kind} ${item.name}`;
      report(problem({ file: `${side.shown}/${item.file}` }, 'object-twice', { object, first: first.file }));
    }
    found.set(key, isKustomization(item) ? withWhatIsMissing(item, pathsOf(side)) : item);
  }
  return found;
}

function keyOf({ cluster, group, kind, namespace, name }: Item): string {
  return JSON.stringify([cluster, group ?? null, kind, namespace ?? null, name]);
}

function changeOf(before: Item | undefined, after: Item | undefined): readonly Change[] {
  const item = after ?? before;
  if (item === undefined) return [];
  if (before === undefined) return [{ action: 'added', item, after, fields: [] }];
  if (after === undefined) return [{ action: 'removed', item, before, fields: [] }];
  if (isSame(before.content, after.content)) return [];
  // The lines of a page are not compared here; the diff of Git shows them.
  const fields = item.kind === PAGE ? [] : compareFields(before.content, after.content);
  return [{ action: 'changed', item, before, after, fields }];
}

/** Whether a kustomization was added or removed with its whole folder, so that it is not worth a line in the review. */
function isOfNoNews({ action, item }: Change, base: Side, target: Side): boolean {
  return (
    action !== 'changed' && isKustomization(item) && isOfItsFolder(item, pathsOf(action === 'added' ? base : target))
  );
}

/** The sort key of a change: by cluster, with objects that are applied first, then by file. */
function orderOf({ item }: Change): string {
  const last = item.kind === PAGE ? '2' : item.kind === HELM_VALUES ? '1' : '0';
  return JSON.stringify([item.cluster, last, item.file]);
}
