/** Finds files that a kustomization omits, because only listed files are applied. */
import { posix } from 'node:path';
import { TOOL_NAMES } from '../delivery/settings-catalog';
import type { Item } from './change';
import type { FilePaths } from './file-tree';

const KUSTOMIZATION = 'kustomization.yaml';

export function isKustomizationFile(path: string): boolean {
  return posix.basename(path) === KUSTOMIZATION;
}

/** A resource that kustomize fetches from a remote place. */
const REMOTE = /:\/\/|^git@|^github\.com\/|[?&]ref=/;

/**
 * Replaces the list of resources by its differences from the folder, because listing every file of the folder is expected.
 * - `unlisted`: manifests in the folder, or folders with manifests, that it does not list.
 * - `missing`: listed files that do not exist, and listed folders without a kustomization.
 * - `beyond`: resources in other folders of the output.
 * - `remote`: resources outside of the output.
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

/** Each folder below the folder of a GitOps tool is applied by its own object of that tool. */
function isAppliedByItself(folder: string, name: string): boolean {
  return TOOL_NAMES.some((one) => one === folder) && !name.endsWith('.yaml');
}

/**
 * Whether a kustomization was added or removed with all files of its folder, and lists nothing outside of it.
 * Files that a new kustomization does not list were never applied, such as the folders below `argocd`.
 */
export function isOfItsFolder({ file, content }: Item, other: FilePaths): boolean {
  const keys = Object.keys(content as object);
  return (
    keys.every((key) => ['apiVersion', 'kind', 'unlisted'].includes(key)) &&
    neighbours(posix.dirname(file), other).length === 0
  );
}

/** Names of the manifests in a folder, and of the folders in it that contain manifests at any depth. */
function neighbours(folder: string, files: FilePaths): readonly string[] {
  return [...(folderIndex(files).get(folder) ?? [])].sort();
}

const indices = new WeakMap<FilePaths, ReadonlyMap<string, ReadonlySet<string>>>();

/** The entries of each folder. Computed once for each tree. */
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
    // The folder of a kustomization counts as an entry, even without manifests. Folders above it need not list it.
    else if (path.includes('/') && isKustomizationFile(path)) addTo(index, posix.dirname(path));
  }
  indices.set(files, index);
  return index;
}

/** Adds a path. Returns whether it is new. */
function addTo(index: Map<string, Set<string>>, path: string): boolean {
  const [folder, name] = [posix.dirname(path), posix.basename(path)];
  const present = index.get(folder);
  if (present?.has(name)) return false;
  index.set(folder, (present ?? new Set()).add(name));
  return true;
}
