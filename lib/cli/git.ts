/** Reads any number of files of a Git revision with one process. */
import { relative, resolve } from 'node:path';
import { isTooLarge, type TooLarge, TREE_LIMITS } from '../output/read-tree';
import { blobHash } from './blob-hash';
import type { Environment } from './environment';

/** A failure of Git, as a message. */
export interface GitFailure {
  readonly failure: string;
}

/** A name that resolves to no commit. */
export interface UnknownRevision {
  readonly unknown: string;
  /** A similar name that resolves to a commit. */
  readonly meant?: string;
}

/** The end of a message about an unknown name, `; did you mean …?`. Empty if there is no similar name. */
export function didYouMean({ meant }: UnknownRevision): string {
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

export interface Revision {
  readonly commit: string;
  /** Path of the environment's folder in the repository, as `findPrefix` returns it. */
  readonly prefix: string;
}

/** A path relative to the environment's folder, as the functions of this file expect it. */
export function pathFromHere(path: string, { cwd }: Environment): string {
  return relative(cwd, resolve(cwd, path));
}

/** Finds the path of the environment's folder in the repository, with a `/` at its end. Empty at the root. */
export function findPrefix(environment: Environment): { readonly prefix: string } | GitFailure {
  return locateRevision(undefined, environment);
}

/**
 * Finds the commit of a revision.
 * @param name any revision of Git; `main...` is the merge base of main and HEAD
 */
export function findRevision(name: string, environment: Environment): Revision | UnknownRevision | GitFailure {
  const start = name.endsWith('...') ? name.slice(0, -'...'.length) : name;
  const place = locateRevision(start, environment);
  if ('failure' in place) return place;
  const { prefix, commit } = place;
  if (commit === undefined) {
    const head = locateRevision('HEAD', environment);
    const born = 'commit' in head && head.commit !== undefined;
    return born
      ? { unknown: start, meant: tryFindSimilarRevision(name, environment) }
      : { failure: 'this repository has no commit yet' };
  }
  if (start === name) return { commit, prefix };
  const base = git(environment, ['merge-base', commit, 'HEAD']);
  return base.status === 0
    ? { commit: base.stdout.trim(), prefix }
    : { failure: `${start} and HEAD have no commit in common; fetch more of the history` };
}

/** A range of commits, such as `main...HEAD`. */
const RANGE = /^(.+?)(\.{2,3})(?!\.)/;

/** A `..` in a path, which is not a range. */
const STEP_UP = /(^|\/)\.\.(\/|$)/;

/**
 * A similar revision that exists: the start of a range, because the other end is always the disk, or the remote branch,
 * because a clone in CI often has no local branches.
 */
function tryFindSimilarRevision(name: string, environment: Environment): string | undefined {
  if (STEP_UP.test(name)) return undefined;
  const [, start = name, dots = ''] = RANGE.exec(name) ?? [];
  const end = dots === '...' ? dots : '';
  return [start, `origin/${start}`]
    .filter((one) => one + end !== name)
    .find((one) => {
      const place = locateRevision(one, environment);
      return 'commit' in place && place.commit !== undefined;
    })
    ?.concat(end);
}

interface Place {
  /** Path of the environment's folder in the repository, with a `/` at its end. */
  readonly prefix: string;
  /** Undefined if the name resolves to no commit. */
  readonly commit?: string;
}

/** The place of the environment in its repository, and the commit of a name. Both come from one Git process. */
function locateRevision(name: string | undefined, environment: Environment): Place | GitFailure {
  // Git would read a name that begins with a dash as an option.
  const asked = name === undefined ? [] : ['--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { status, stdout, stderr } = git(environment, ['rev-parse', '--show-prefix', ...asked]);
  if (status === 127) return { failure: stderr };
  // Outside of a repository, Git prints nothing.
  if (stdout === '') return { failure: `${environment.cwd} is not in a Git repository` };
  const text = utf8(stdout).replace(/\n$/, '');
  if (status !== 0 || name === undefined) return { prefix: text };
  // A folder name may contain line breaks.
  const end = text.lastIndexOf('\n');
  return { prefix: text.slice(0, end), commit: text.slice(end + 1) };
}

interface Blob {
  readonly id: string;
  readonly path: string;
}

export type GitTree =
  | {
      readonly files: ReadonlyMap<string, string>;
      /** Paths of all files, also of those that are not wanted. */
      readonly paths: ReadonlySet<string>;
      /** Paths below the folder. The repository does not contain the files of a submodule. */
      readonly submodules: readonly string[];
    }
  | TooLarge
  | GitFailure;

export interface ReadFolderProps {
  /** Relative to the environment's folder. */
  readonly folder: string;
  /** Whether to read a file, by its path below the folder. */
  readonly isWanted: (path: string) => boolean;
  /** Texts that are already known, by path below the folder. A file with the same text at the commit is not read again. */
  readonly atHand: ReadonlyMap<string, string>;
}

/** The files below a folder at a commit. None if the folder does not exist there. */
export function readFolder(
  { commit, prefix }: Revision,
  { folder, isWanted, atHand }: ReadFolderProps,
  environment: Environment,
): GitTree {
  const root = cleanPath(`${prefix}${folder}`);
  if (root === undefined) return { failure: `${folder} is outside of the repository` };
  const listed = listBlobs(commit, root, environment);
  if ('failure' in listed) return listed;
  const blobs = listed.blobs.filter(({ path }) => isWanted(path));
  // Git has to open each file to know its size, so sizes are read only if the files are too many or too large.
  if (isTooLarge(blobs.length, 0)) return { tooLarge: sizeOf(blobs, environment) };
  const known = new Map(blobs.flatMap(({ path, id }) => sameText(atHand.get(path), id)));
  const texts = readObjects([...new Set(blobs.flatMap(({ id }) => (known.has(id) ? [] : [id])))], environment);
  if ('failure' in texts) {
    const size = sizeOf(blobs, environment);
    return isTooLarge(size.files, size.bytes) ? { tooLarge: size } : texts;
  }
  const files = new Map<string, string>();
  for (const { path, id } of blobs) {
    const text = known.get(id) ?? texts.found.get(id);
    // A damaged clone lists files whose texts it does not have.
    if (text === undefined) return { failure: `this clone lacks the object ${id}, which is ${folder}/${path}` };
    files.set(path, text);
  }
  return {
    files,
    paths: new Set(listed.blobs.map(({ path }) => path)),
    submodules: listed.submodules,
  };
}

/**
 * Lists every file below a folder.
 * @param folder relative to the root of the repository; the paths in the result are relative to the folder
 */
function listBlobs(
  commit: string,
  folder: string,
  environment: Environment,
): { readonly blobs: readonly Blob[]; readonly submodules: readonly string[] } | GitFailure {
  const where = folder === '' ? [] : ['--', `${folder}/`];
  const { status, stdout, stderr } = git(environment, ['ls-tree', '-r', '-z', '--full-tree', commit, ...where]);
  if (status !== 0) return { failure: stderr.trim() };
  const start = folder === '' ? 0 : folder.length + 1;
  const lines = utf8(stdout).split('\0');
  const blobs = lines.flatMap(blobOf).map(({ id, path }) => ({ id, path: path.slice(start) }));
  const submodules = lines.flatMap((line) => /^160000 commit \S+\t([\s\S]+)$/.exec(line)?.[1] ?? []);
  return { blobs, submodules: submodules.map((path) => path.slice(start)) };
}

function sizeOf(blobs: readonly Blob[], environment: Environment): TooLarge['tooLarge'] {
  const ids = blobs.map(({ id }) => `${id}\n`).join('');
  const { stdout } = git(environment, ['cat-file', '--batch-check=%(objectsize)', '--buffer'], ids);
  // A missing object has no size.
  const sizes = stdout.split('\n').filter((line) => /^\d+$/.test(line));
  return { files: blobs.length, bytes: sizes.reduce((total, size) => total + Number(size), 0) };
}

function sameText(text: string | undefined, id: string): readonly (readonly [id: string, text: string])[] {
  return text !== undefined && blobHash(text, id.length) === id ? [[id, text]] : [];
}

/** Texts of files at a commit, by their path relative to the environment's folder. Missing files are left out. */
export function readFiles(
  { commit, prefix }: Revision,
  paths: readonly string[],
  environment: Environment,
): { readonly found: ReadonlyMap<string, string> } | GitFailure {
  const named = paths.flatMap((path) => {
    const clean = cleanPath(`${prefix}${path}`);
    return clean === undefined || /[\n\0]/.test(path) ? [] : [[path, `${commit}:${clean}`] as const];
  });
  const read = readObjects(
    named.map(([, name]) => name),
    environment,
  );
  if ('failure' in read) return read;
  return {
    found: new Map(
      named.flatMap(([path, name]) => {
        const text = read.found.get(name);
        return text === undefined ? [] : [[path, text] as const];
      }),
    ),
  };
}

/** Parses `100644 blob <id>\t<path>`. Symbolic links and submodules are not files. */
function blobOf(line: string): readonly Blob[] {
  const [, id = '', path = ''] = /^100\d{3} blob (\S+)\t([\s\S]+)$/.exec(line) ?? [];
  // The output has no names that are not UTF-8. Reading from the disk skips them too.
  return id === '' || path.includes('\uFFFD') ? [] : [{ id, path }];
}

/** Texts by object name. `git cat-file --batch` answers in the order of its input. */
function readObjects(
  names: readonly string[],
  environment: Environment,
): { readonly found: ReadonlyMap<string, string> } | GitFailure {
  if (names.length === 0) return { found: new Map() };
  const { status, stdout, stderr } = git(
    environment,
    ['cat-file', '--batch'],
    names.map((name) => `${name}\n`).join(''),
  );
  if (status !== 0) return { failure: stderr.trim() };
  const found = new Map<string, string>();
  let position = 0;
  for (const name of names) {
    const end = stdout.indexOf('\n', position);
    const header = stdout.slice(position, end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    position = end + 1;
    if (size !== undefined) {
      found.set(name, utf8(stdout.slice(position, position + Number(size))));
    }
    // Git also prints the content of an object that is not a file. A missing object has no content.
    const skipped = size ?? /^[0-9a-f]+ \w+ (\d+)$/.exec(header)?.[1];
    if (skipped !== undefined) position += Number(skipped) + 1;
  }
  return { found };
}

/** The path without `.` and `..`. Undefined if it leaves the repository. */
export function cleanPath(path: string): string | undefined {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined;
    if (step !== '' && step !== '.' && step !== '..') steps.push(step);
  }
  return steps.join('/');
}

/** Runs Git in the environment's folder. Each byte of its output is one character. */
export function git(
  { execute, cwd }: Environment,
  args: readonly string[],
  input?: string,
): ReturnType<Environment['execute']> {
  const maxBytes = TREE_LIMITS.bytes + TREE_LIMITS.files * 128;
  // `execute` uses the same encoding for input and output.
  const bytes = input === undefined ? undefined : Buffer.from(input, 'utf8').toString('latin1');
  return execute('git', ['-C', cwd, ...args], { input: bytes, encoding: 'latin1', maxBytes });
}

/** Decodes the output of `git` as UTF-8. */
export function utf8(stdout: string): string {
  return Buffer.from(stdout, 'latin1').toString('utf8');
}
