/** Reads an output folder back, within bounds, as the texts that lie in it. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARKER } from './output-file';

/** A thousand clusters' output is within both; a folder beyond is not an output. */
export const TREE_LIMITS = { files: 100_000, bytes: 256 * 1024 * 1024 } as const;

/** A hundred thousand clusters; beyond, a part of an output is told from a root folder no more. */
const MOST_PATHS = 4_000_000;

export interface ReadTree {
  /** By path below the folder, with `/` between folders. Links are not followed. */
  readonly files: ReadonlyMap<string, string>;
  /** Of every file, wanted or not. */
  readonly paths: ReadonlySet<string>;
}

/** What the folder would come to, where that is beyond the limits. */
export interface TooLarge {
  readonly tooLarge: { readonly files: number; readonly bytes: number };
}

/** A file or folder below that may not be read. */
export interface Unreadable {
  readonly unreadable: string;
  readonly reason: string;
}

/**
 * Undefined where the folder does not exist or is none.
 * @param isWanted whether a file is read; others do not count
 */
export function readTree(
  folder: string,
  isWanted: (path: string) => boolean = () => true,
): ReadTree | TooLarge | Unreadable | undefined {
  try {
    return readWanted(folder, isWanted);
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { unreadable: path, reason: code === 'EACCES' ? 'permission denied' : code };
  }
}

function readWanted(folder: string, isWanted: (path: string) => boolean): ReadTree | TooLarge | undefined {
  const sizes = new Map<string, number>();
  const paths = new Set<string>();
  if (!listSizes({ folder, isWanted, sizes, paths })) return undefined;
  const bytes = [...sizes.values()].reduce((total, size) => total + size, 0);
  if (isTooLarge(sizes.size, bytes)) {
    return { tooLarge: { files: sizes.size, bytes } };
  }
  const files = new Map([...sizes.keys()].map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  return { files, paths };
}

export function isTooLarge(files: number, bytes: number): boolean {
  return files > TREE_LIMITS.files || bytes > TREE_LIMITS.bytes;
}

/** Whether somebody else wrote all of it; a folder without files is nobody's. */
export function isForeign(files: ReadonlyMap<string, string>): boolean {
  return files.size > 0 && ![...files.values()].some((text) => text.slice(0, 200).includes(MARKER));
}

interface Listing {
  readonly folder: string;
  readonly isWanted: (path: string) => boolean;
  /** Sizes of what is wanted, by path. */
  readonly sizes: Map<string, number>;
  readonly paths: Set<string>;
}

/** False where there is no such folder. Stops past the limit of files, so that a root folder is not walked. */
function listSizes(listing: Listing, below = ''): boolean {
  const { folder } = listing;
  let names: readonly string[];
  try {
    names = readdirSync(join(folder, below)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  for (const name of names) {
    if (isBeyond(listing)) break;
    const path = below === '' ? name : `${below}/${name}`;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) listSizes(listing, path);
    else if (stat.isFile()) note(listing, path, stat.size);
  }
  return true;
}

function note({ isWanted, sizes, paths }: Listing, path: string, size: number): void {
  paths.add(path);
  if (isWanted(path)) sizes.set(path, size);
}

function isBeyond({ sizes, paths }: Listing): boolean {
  return sizes.size > TREE_LIMITS.files || paths.size > MOST_PATHS;
}
