/** Knows what a kustomization leaves out: a file that it does not list is not applied. */
import { posix } from 'node:path';
import type { Item } from './change';
import type { FileTree } from './file-tree';

const KUSTOMIZATION = 'kustomization.yaml';

/** What kustomize fetches from elsewhere. */
const REMOTE = /:\/\/|^git@|^github\.com\/|[?&]ref=/;

/**
 * The kustomization with what it says beyond its folder in place of its list: listing what is there is no news.
 * - `unlisted`: manifests beside it, or folders with any, that it does not apply.
 * - `missing`: what it lists and is not there, or is a folder without a kustomization.
 * - `remote`: what it takes from elsewhere.
 */
export function withWhatIsMissing(item: Item, files: FileTree): Item {
  const { resources, ...rest } = item.content as { readonly resources?: unknown };
  const listed = Array.isArray(resources) ? resources.map(String) : [];
  const folder = posix.dirname(item.file);
  const [present, index] = [neighbours(folder, files), folderIndex(files)];
  const isMissing = (name: string): boolean =>
    !present.includes(name) ||
    (index.has(posix.join(folder, name)) && !files.has(posix.join(folder, name, KUSTOMIZATION)));
  const remote = listed.filter((name) => REMOTE.test(name));
  const unlisted = present.filter((name) => !listed.includes(name));
  const missing = listed.filter((name) => !remote.includes(name) && isMissing(name));
  return {
    ...item,
    content: {
      ...rest,
      ...(unlisted.length > 0 && { unlisted }),
      ...(missing.length > 0 && { missing }),
      ...(remote.length > 0 && { remote }),
    },
  };
}

/** Whether a kustomization that came or went did so with its folder, of which it says nothing more. */
export function isOfItsFolder({ file, content }: Item, other: FileTree): boolean {
  const keys = Object.keys(content as object);
  return (
    keys.every((key) => ['apiVersion', 'kind'].includes(key)) && neighbours(posix.dirname(file), other).length === 0
  );
}

/** Manifests, and folders with any at whatever depth, in a folder. */
function neighbours(folder: string, files: FileTree): readonly string[] {
  return [...(folderIndex(files).get(folder) ?? [])].sort();
}

const indices = new WeakMap<FileTree, ReadonlyMap<string, ReadonlySet<string>>>();

/** What lies in each folder, made once for a tree. */
function folderIndex(files: FileTree): ReadonlyMap<string, ReadonlySet<string>> {
  const known = indices.get(files);
  if (known !== undefined) return known;
  const index = new Map<string, Set<string>>();
  const add = (path: string): void => {
    const folder = posix.dirname(path);
    const present = index.get(folder);
    if (present?.has(posix.basename(path))) return;
    index.set(folder, (present ?? new Set()).add(posix.basename(path)));
    if (folder !== '.') add(folder);
  };
  for (const path of files.keys()) {
    if (posix.basename(path) !== KUSTOMIZATION && /\.ya?ml$/.test(path)) add(path);
    // Its folder counts as one with manifests, even where it holds nothing else.
    else if (path.includes('/') && posix.basename(path) === KUSTOMIZATION) add(posix.dirname(path));
  }
  indices.set(files, index);
  return index;
}
