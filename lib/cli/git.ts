/** Reads files out of Git at a revision: any number of them by one process. */
import { relative, resolve } from 'node:path';
import { isTooLarge, TREE_LIMITS } from '../synth/read-tree';
import { blobHash } from './blob-hash';
import type { Environment } from './environment';

/** What Git could not do, in a sentence for a person. */
export interface GitFailure {
  readonly failure: string;
}

/** A name that stands for no commit; what else it could have been, the asker knows. */
export interface UnknownRevision {
  readonly unknown: string;
}

export interface Revision {
  readonly commit: string;
  /** Folder of the environment, as `findPrefix` has it. */
  readonly prefix: string;
}

/** A path as the functions here take it. */
export function pathFromHere(path: string, { cwd }: Environment): string {
  return relative(cwd, resolve(cwd, path));
}

/** Finds the folder of the environment below the top of the repository, with a `/` at its end; empty at the top. */
export function findPrefix(environment: Environment): { readonly prefix: string } | GitFailure {
  const { status, stdout, stderr } = git(environment, ['rev-parse', '--show-prefix']);
  if (status === 0) return { prefix: utf8(stdout).trim() };
  return { failure: status === 127 ? stderr : `${environment.cwd} is not in a Git repository` };
}

/**
 * Finds the commit that a name stands for.
 * @param name anything that Git takes; `main...` is where the current branch left main
 */
export function findRevision(name: string, environment: Environment): Revision | UnknownRevision | GitFailure {
  const here = findPrefix(environment);
  if ('failure' in here) return here;
  const start = name.endsWith('...') ? name.slice(0, -'...'.length) : name;
  const commit = commitOf(start, environment);
  if (commit === undefined) {
    const born = commitOf('HEAD', environment) !== undefined;
    return born ? { unknown: start } : { failure: 'this repository has no commit yet' };
  }
  if (start === name) return { commit, ...here };
  const base = git(environment, ['merge-base', commit, 'HEAD']);
  return base.status === 0
    ? { commit: base.stdout.trim(), ...here }
    : { failure: `${start} and HEAD have no commit in common; fetch more of the history` };
}

function commitOf(name: string, environment: Environment): string | undefined {
  // What begins with a dash would be an option.
  const { status, stdout } = git(environment, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  return status === 0 ? stdout.trim() : undefined;
}

interface Blob {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

export type GitTree =
  | {
      readonly files: ReadonlyMap<string, string>;
      /** Of every file, wanted or not. */
      readonly paths: ReadonlySet<string>;
    }
  | { readonly tooLarge: { readonly files: number; readonly bytes: number } }
  | GitFailure;

export interface ReadFolderProps {
  /** Relative to the environment's. */
  readonly folder: string;
  /** Whether a file below the folder is asked for. */
  readonly isWanted: (path: string) => boolean;
  /** Texts by path below the folder, of which those that are the same at the commit are not read again. */
  readonly atHand: ReadonlyMap<string, string>;
}

/** The files below a folder at a commit; none where the folder is not there. */
export function readFolder(
  { commit, prefix }: Revision,
  { folder, isWanted, atHand }: ReadFolderProps,
  environment: Environment,
): GitTree {
  const root = cleanPath(`${prefix}${folder}`);
  if (root === undefined) return { failure: `${folder} is outside of the repository` };
  const where = root === '' ? [] : ['--', `${root}/`];
  const listed = git(environment, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, ...where]);
  if (listed.status !== 0) return { failure: listed.stderr.trim() };
  const start = root === '' ? 0 : root.length + 1;
  const all = utf8(listed.stdout)
    .split('\0')
    .flatMap(blobOf)
    .map((blob) => ({ ...blob, path: blob.path.slice(start) }));
  const blobs = all.filter(({ path }) => isWanted(path));
  const bytes = blobs.reduce((total, blob) => total + blob.bytes, 0);
  if (isTooLarge(blobs.length, bytes)) return { tooLarge: { files: blobs.length, bytes } };
  const known = new Map(blobs.flatMap(({ path, id }) => sameText(atHand.get(path), id)));
  const unknown = new Set(blobs.flatMap(({ id }) => (known.has(id) ? [] : [id])));
  const texts = readObjects([...unknown], environment);
  if ('failure' in texts) return texts;
  return {
    files: new Map(blobs.map(({ path, id }) => [path, known.get(id) ?? texts.found.get(id) ?? ''])),
    paths: new Set(all.map(({ path }) => path)),
  };
}

function sameText(text: string | undefined, id: string): readonly (readonly [id: string, text: string])[] {
  return text !== undefined && blobHash(text, id.length) === id ? [[id, text]] : [];
}

/** Files of a commit by their path from the environment's folder; those that are not there are left out. */
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

/** `100644 blob <id>    <size>\t<path>`; links and submodules are not files. */
function blobOf(line: string): readonly Blob[] {
  const [, id = '', bytes = '0', path = ''] = /^100\d{3} blob (\S+) +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
  return id === '' ? [] : [{ id, path, bytes: Number(bytes) }];
}

/** Texts by the name that they were asked for by; `git cat-file --batch` answers in the order of the questions. */
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
    // A folder's content would follow as well; what is missing has none.
    const skipped = size ?? /^[0-9a-f]+ \w+ (\d+)$/.exec(header)?.[1];
    if (skipped !== undefined) position += Number(skipped) + 1;
  }
  return { found };
}

/** Without `.` and `..`; undefined where it leaves the repository. */
function cleanPath(path: string): string | undefined {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined;
    if (step !== '' && step !== '.' && step !== '..') steps.push(step);
  }
  return steps.join('/');
}

function git(
  { execute, cwd }: Environment,
  args: readonly string[],
  input?: string,
): ReturnType<Environment['execute']> {
  const maxBytes = TREE_LIMITS.bytes + TREE_LIMITS.files * 128;
  // The encoding is that of the input as well.
  const bytes = input === undefined ? undefined : Buffer.from(input, 'utf8').toString('latin1');
  return execute('git', ['-C', cwd, ...args], { input: bytes, encoding: 'latin1', maxBytes });
}

/** What Git said, other than the content of files. */
function utf8(stdout: string): string {
  return Buffer.from(stdout, 'latin1').toString('utf8');
}
