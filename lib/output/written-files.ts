/** Lists of the files that synth wrote, so that it removes only those: one list for each cluster and one for the fleet as a whole. */
import { readTextFile } from '../disk/read-file';
import { ISTIO_FOLDER, RESERVED_FOLDERS } from '../model/names';
import { notice, type Origin, type OutputFile } from './output-file';

/** Name of a list. No Kubernetes tool reads files with this extension. */
export const LIST_FILE = 'files.lock';

/** A list of ten thousand files is smaller. */
export const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** The list that names a file of the output; each part of the output has lists of its own. */
export function listOf(path: string): string {
  const cluster = clusterOf(path);
  return cluster === undefined ? LIST_FILE : `${cluster}/${LIST_FILE}`;
}

/** Name of the cluster whose file it is; undefined for a file of the fleet as a whole. */
export function clusterOf(path: string): string | undefined {
  const [first = '', second = '', third] = path.split('/');
  if (first === ISTIO_FOLDER && third !== undefined) return second;
  return path.includes('/') && !RESERVED_FOLDERS.includes(first) ? first : undefined;
}

/** Whether a file is one of the lists. */
export function isList(path: string): boolean {
  return path === LIST_FILE || path.endsWith(`/${LIST_FILE}`);
}

/** @param list path of the list, which names itself as well */
export function withList(files: readonly OutputFile[], list: string, origin: Origin): readonly OutputFile[] {
  const paths = [...files.map(({ path }) => path), list];
  return [...files, { path: list, text: `# ${notice(origin)}\n${linesOf(paths)}` }];
}

/** The union of two lists, at the path of the second. */
export function unitedList(before: string, after: string): string {
  const [head = ''] = after.split('\n', 1);
  return `${head}\n${linesOf([...pathsIn(before), ...pathsIn(after)])}`;
}

function linesOf(paths: readonly string[]): string {
  return [...new Set(paths)]
    .sort()
    .map((path) => `${path}\n`)
    .join('');
}

/** Parses a list. After a merge it may name files of both sides. Lines that are not paths are ignored. */
function pathsIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** The lists of written files in a folder. Each is read on first use. */
export class WrittenFiles {
  private readonly lists = new Map<string, ReadonlySet<string>>();

  constructor(private readonly folder: string) {}

  /** Whether a list names the file as written by synth. A missing or unreadable list names no files. */
  has(path: string): boolean {
    const list = listOf(path);
    const known = this.lists.get(list) ?? this.read(list);
    this.lists.set(list, known);
    return known.has(path);
  }

  private read(list: string): ReadonlySet<string> {
    const read = readTextFile(`${this.folder}/${list}`, MAX_LIST_BYTES);
    return new Set('text' in read ? pathsIn(read.text) : []);
  }
}
