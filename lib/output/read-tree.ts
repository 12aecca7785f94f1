/** Reads the texts of an output folder, up to a limit. */
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeDiskError } from '../disk/describe-disk-error';
import { readListed } from '../disk/read-file';
import { isOurs, MARKER } from './output-file';

/** The output of a thousand clusters is below both limits. A larger folder is not an output. */
export const TREE_LIMITS = { files: 100_000, bytes: 256 * 1024 * 1024 } as const;

/** The paths of a hundred thousand clusters. A folder with more is not an output, but perhaps the root of a disk. */
const MOST_PATHS = 4_000_000;

export interface ReadTree {
  /** Texts by path below the folder, with `/` between folders. Links are not followed. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of all files, wanted or not. */
  readonly paths: ReadonlySet<string>;
  /** Files of somebody else that are too large to read. */
  readonly passedOver: ReadonlySet<string>;
}

/** The size of a folder beyond the limits, counted up to where reading stopped. */
export interface TooLarge {
  readonly tooLarge: { readonly files: number; readonly bytes: number };
}

/** A file or folder that cannot be read. */
export interface Unreadable {
  readonly unreadable: string;
  readonly reason: string;
}

/**
 * Reads a folder. Undefined if the path does not exist or is not a folder.
 * @param isWanted whether to read a file; other files do not count towards the limits
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
    return { unreadable: path, reason: describeDiskError(error) };
  }
}

/** Every file of an output is smaller. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

function readWanted(folder: string, isWanted: (path: string) => boolean): ReadTree | TooLarge | undefined {
  const listing: Listing = { folder, isWanted, wanted: [], paths: new Set() };
  if (!list(listing)) return undefined;
  const files = new Map<string, string>();
  const passedOver = new Set<string>();
  const count = listing.wanted.length;
  let bytes = 0;
  for (const path of isTooLarge(count, 0) ? [] : listing.wanted) {
    const read = readListed(join(folder, path), MAX_FILE_BYTES);
    const text = read.bytes.toString('utf8');
    if (read.size > MAX_FILE_BYTES && !isOurs(text)) {
      passedOver.add(path);
      continue;
    }
    bytes += read.size;
    if (isTooLarge(count, bytes)) break;
    files.set(path, text);
  }
  return isTooLarge(count, bytes) ? { tooLarge: { files: count, bytes } } : { files, paths: listing.paths, passedOver };
}

export function isTooLarge(files: number, bytes: number): boolean {
  return files > TREE_LIMITS.files || bytes > TREE_LIMITS.bytes;
}

/** Whether we wrote none of the files. False for a folder without files. */
export function isForeign(files: ReadonlyMap<string, string>): boolean {
  return files.size > 0 && ![...files.values()].some((text) => text.slice(0, 200).includes(MARKER));
}

interface Listing {
  readonly folder: string;
  readonly isWanted: (path: string) => boolean;
  readonly wanted: string[];
  readonly paths: Set<string>;
}

/** Lists files; false if there is no such folder. Stops at the limit of files, so that it never walks a whole disk. */
function list(listing: Listing, below = ''): boolean {
  const { folder, isWanted, wanted, paths } = listing;
  const entries = entriesOf(join(folder, below));
  if (entries === undefined) return false;
  for (const entry of entries) {
    if (isBeyond(listing)) break;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) list(listing, path);
    if (!entry.isFile()) continue;
    paths.add(path);
    if (isWanted(path)) wanted.push(path);
  }
  return true;
}

/** The entries of a folder, sorted by name; undefined if there is no such folder. */
function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    // Node cannot open an entry by the name that it returns if that name is not UTF-8. No output file has such a name.
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.includes('\uFFFD'));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function isBeyond({ wanted, paths }: Listing): boolean {
  return wanted.length > TREE_LIMITS.files || paths.size > MOST_PATHS;
}
