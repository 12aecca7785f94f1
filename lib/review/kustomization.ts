/** Knows what a kustomization leaves out: a file that it does not list is not applied. */
import { posix } from 'node:path';
import type { Item } from './change';
import type { FileTree } from './file-tree';

/**
 * The kustomization with what it says beyond its folder in place of its list: listing what is there is no news.
 * - `unlisted`: manifests beside it, or folders with a kustomization, that it does not apply.
 * - `missing`: what it lists and is not there.
 */
export function withWhatIsMissing(item: Item, files: FileTree): Item {
  const { resources, ...rest } = item.content as { readonly resources?: unknown };
  const listed = Array.isArray(resources) ? resources.map(String) : [];
  const present = neighbours(item.file, files);
  const unlisted = present.filter((name) => !listed.includes(name));
  const missing = listed.filter((name) => !present.includes(name));
  return {
    ...item,
    content: { ...rest, ...(unlisted.length > 0 && { unlisted }), ...(missing.length > 0 && { missing }) },
  };
}

/** Manifests and folders with a kustomization, beside a file. */
function neighbours(file: string, files: FileTree): readonly string[] {
  const folder = posix.dirname(file);
  const below = [...(folderIndex(files).get(folder) ?? [])];
  return below.sort();
}

const indices = new WeakMap<FileTree, ReadonlyMap<string, readonly string[]>>();

/** What lies in each folder, made once for a tree. */
function folderIndex(files: FileTree): ReadonlyMap<string, readonly string[]> {
  const known = indices.get(files);
  if (known !== undefined) return known;
  const index = new Map<string, string[]>();
  const add = (path: string): void => {
    const folder = posix.dirname(path);
    index.set(folder, [...(index.get(folder) ?? []), posix.basename(path)]);
  };
  for (const path of files.keys()) {
    if (posix.basename(path) === 'kustomization.yaml') add(posix.dirname(path));
    else if (/\.ya?ml$/.test(path)) add(path);
  }
  indices.set(files, index);
  return index;
}
