/** Finds files that a kustomization omits, because only listed files are applied. */
import { posix } from 'node:path';
import { TOOL_NAMES } from '../delivery/settings-catalog';
import type { Item } from './change';
import type { FilePaths } from './file-tree';

const KUSTOMIZATION = 'kustomization.yaml';

export function isKustomizationFile(path: string): boolean {
  return posix.basename(path) === KUSTOMIZATION;
}

/** What kustomize fetches from elsewhere. */
const REMOTE = /:\/\/|^git@|^github\.com\/|[?&]ref=/;

/**
 * The kustomization with what it says beyond its folder in place of its list: listing what is there is no news.
 * - `unlisted`: manifests beside it, or folders with any, that it does not apply.
 * - `missing`: what it lists and is not there, or is a folder without a kustomization.
 * - `beyond`: what it takes from other folders of the output.
 * - `remote`: what it takes from elsewhere.
 */
export function withWhatIsMissing(item: Item, files: FilePaths): Item {
  const { resources, ...rest } = item.content as { readonly resources?: unknown };
  const folder = posix.dirname(item.file);
  const pathOf = (name: string): string => posix.join(folder, name).replace(/\/$/, '');
  const listed = Array.isArray(resources) ? resources.map(String).sort() : [];
  const isRemote = (name: string): boolean => REMOTE.test(name) || pathOf(name).startsWith('..');
  const own = listed.filter((name) => !isRemote(name));
  const paths = own.map(pathOf);
  const isThere = (path: string): boolean => files.has(path) || files.has(posix.join(path, KUSTOMIZATION));
  const found = {
    unlisted: neighbours(folder, files).filter(
      (name) => !paths.includes(pathOf(name)) && !isAppliedByItself(folder, name),
    ),
    missing: own.filter((name) => !isThere(pathOf(name))),
    beyond: own.filter((name) => isThere(pathOf(name)) && posix.dirname(pathOf(name)) !== folder),
    remote: listed.filter(isRemote),
  };
  return {
    ...item,
    content: { ...rest, ...Object.fromEntries(Object.entries(found).filter(([, { length }]) => length > 0)) },
  };
}

/** Below the folders for GitOps tools each folder is applied by an object of its own. */
function isAppliedByItself(folder: string, name: string): boolean {
  return TOOL_NAMES.some((one) => one === folder) && !name.endsWith('.yaml');
}

/**
 * Whether a kustomization that came or went did so with its folder, and says nothing more than what of it is applied.
 * What a new one does not list was never applied, as the folders below `argocd`, which have applications of their own.
 */
export function isOfItsFolder({ file, content }: Item, other: FilePaths): boolean {
  const keys = Object.keys(content as object);
  return (
    keys.every((key) => ['apiVersion', 'kind', 'unlisted'].includes(key)) &&
    neighbours(posix.dirname(file), other).length === 0
  );
}

/** Manifests, and folders with any at whatever depth, in a folder. */
function neighbours(folder: string, files: FilePaths): readonly string[] {
  return [...(folderIndex(files).get(folder) ?? [])].sort();
}

const indices = new WeakMap<FilePaths, ReadonlyMap<string, ReadonlySet<string>>>();

/** What lies in each folder, made once for a tree. */
function folderIndex(files: FilePaths): ReadonlyMap<string, ReadonlySet<string>> {
  const known = indices.get(files);
  if (known !== undefined) return known;
  const index = new Map<string, Set<string>>();
  const add = (path: string): void => {
    const folder = posix.dirname(path);
    const isNew = addTo(index, path);
    if (isNew && folder !== '.') add(folder);
  };
  for (const path of files.keys()) {
    if (!isKustomizationFile(path) && /\.ya?ml$/.test(path)) add(path);
    // Its folder counts as well, even where it holds nothing else; what is above need not apply it by kustomize.
    else if (path.includes('/') && isKustomizationFile(path)) addTo(index, posix.dirname(path));
  }
  indices.set(files, index);
  return index;
}

/** Whether it was not there yet. */
function addTo(index: Map<string, Set<string>>, path: string): boolean {
  const [folder, name] = [posix.dirname(path), posix.basename(path)];
  const present = index.get(folder);
  if (present?.has(name)) return false;
  index.set(folder, (present ?? new Set()).add(name));
  return true;
}
