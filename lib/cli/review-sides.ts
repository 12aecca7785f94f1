/** Reads the two sides of a comparison: the output on the disk, and an earlier one from Git or from a folder. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve as resolvePath } from 'node:path';
import { SourceMap } from '../fleet/source-map';
import { isForeign, readTree, TREE_LIMITS } from '../output/read-tree';
import { type Selection, selectClusters, selects, WHOLE } from '../output/selection';
import { synthCommand } from '../problems/commands';
import { type Problem, problem } from '../problems/problem';
import { renderProblems } from '../problems/render';
import type { FileTree } from '../review/file-tree';
import type { ReviewedFleet, ReviewedSide } from '../review/review';
import { type Environment, EXIT, type ExitCode } from './environment';
import { fleetInGit, fleetOnDisk } from './fleet-sources';
import { didYouMean, findRevision, pathFromHere, readFolder } from './git';
import { submoduleMessage, tryFindLink } from './git-links';

export interface SideOptions {
  /** A Git revision or a folder. */
  readonly base: string;
  /** Relative to the environment's folder, like the other paths. */
  readonly fleet: string;
  readonly output: string;
  /** Fleet file of a base that is a folder. */
  readonly baseFleet?: string;
  /** The part of both outputs to read. @default - all of it */
  readonly selection?: Selection;
}

/** Both sides, or the exit code after the reason has been printed. */
export type Sides = { readonly base: ReviewedSide; readonly target: ReviewedSide } | { readonly exitCode: ExitCode };

export function readSides(options: SideOptions, environment: Environment): Sides {
  const { output, fleet, selection } = options;
  const named = new Set<string>();
  let loaded: ReviewedFleet | undefined;
  const fleetOf = (): ReviewedFleet => {
    loaded ??= fleetOnDisk(fleet, environment, (file) => named.add(file));
    return loaded;
  };
  const trustFiles = (): ReadonlySet<string> => {
    fleetOf();
    return named;
  };
  const target = readDisk({ folder: output, fleet, fleetOf, selection }, environment);
  if ('problem' in target) return { exitCode: printProblems([target.problem], options, environment) };
  const base = isFolder(options.base, environment)
    ? folderBase(options, environment)
    : gitBase(options, { files: target.side.files, passedOver: target.passedOver, trustFiles }, environment);
  if ('failure' in base) {
    environment.printError(base.failure);
    return { exitCode: EXIT.usage };
  }
  if ('problem' in base) return { exitCode: printProblems([base.problem], options, environment) };
  const unknown = selection?.named.find((name) => ![base, target].some(({ side }) => holds(side, name)));
  if (unknown !== undefined) {
    environment.printError(`neither ${base.side.shown} nor ${target.side.shown} has a cluster named "${unknown}"`);
    return { exitCode: EXIT.usage };
  }
  return { base: base.side, target: target.side };
}

function holds({ files }: ReviewedSide, cluster: string): boolean {
  const one = selectClusters([cluster]);
  return [...files.keys()].some((path) => selects(one, path));
}

/** Prints the problems of one of the sides. */
export function printProblems(
  problems: readonly Problem[],
  { fleet }: SideOptions,
  { printError }: Environment,
): ExitCode {
  printError(renderProblems(problems, new SourceMap(fleet, '')));
  return EXIT.problems;
}

type Read = { readonly side: ReviewedSide } | { readonly problem: Problem } | { readonly failure: string };

function isFolder(base: string, { cwd }: Environment): boolean {
  // A script may pass an empty variable; it must not mean the working folder.
  if (base === '') return false;
  const path = resolvePath(cwd, base);
  return existsSync(path) && statSync(path).isDirectory();
}

/** The output in a folder. Its fleet file is expected next to the folder, as for `dist`. */
function folderBase(
  { base, fleet, baseFleet, selection }: SideOptions,
  environment: Environment,
): Exclude<Read, { failure: string }> {
  const beside = join(dirname(resolvePath(environment.cwd, base)), basename(fleet));
  const file = baseFleet ?? (relative(environment.cwd, beside) || beside);
  const there = existsSync(resolvePath(environment.cwd, file));
  const fleetOf = (): ReviewedFleet =>
    there
      ? fleetOnDisk(file, environment)
      : { unknown: `there is no ${file}; name the fleet of the base with --base-fleet` };
  return readDisk({ folder: base, fleet: file, fleetOf, selection }, environment);
}

interface DiskSide {
  readonly folder: string;
  /** The fleet file of the output. */
  readonly fleet: string;
  readonly fleetOf: () => ReviewedFleet;
  readonly selection: Selection | undefined;
}

function readDisk(
  { folder, fleet, fleetOf, selection = WHOLE }: DiskSide,
  { cwd }: Environment,
): { readonly side: ReviewedSide; readonly passedOver: ReadonlySet<string> } | { readonly problem: Problem } {
  const read = readTree(resolvePath(cwd, folder), (path) => selects(selection, path));
  if (read === undefined) {
    return { problem: problem({ file: folder }, 'no-output', { command: synthCommand({ fleet, output: folder }) }) };
  }
  if ('tooLarge' in read) return { problem: tooLarge(folder, read.tooLarge) };
  if ('unreadable' in read) {
    const { unreadable: file, reason } = read;
    return { problem: problem({ file }, 'file-unreadable', { what: 'the file', file, reason }) };
  }
  const { files, paths, passedOver } = read;
  const side = checked({ shown: folder, files, paths }, fleetOf);
  return 'problem' in side ? side : { ...side, passedOver };
}

/** The target, which is read before the base. Files that are the same in both are not read again. */
interface KnownTarget {
  readonly files: FileTree;
  /** Files of others that are too large to compare. */
  readonly passedOver: ReadonlySet<string>;
  /** Trust files that its fleet names. */
  readonly trustFiles: () => ReadonlySet<string>;
}

function gitBase(options: SideOptions, { files, passedOver, trustFiles }: KnownTarget, environment: Environment): Read {
  const { base, output, selection = WHOLE } = options;
  const revision = findRevision(base, environment);
  if ('failure' in revision) return revision;
  if ('unknown' in revision) {
    const sentence = `"${revision.unknown}" is neither a folder nor a commit, branch or tag of this repository`;
    return { failure: `${sentence}${didYouMean(revision)}` };
  }
  const shown = `${base}:${output}`;
  const folder = pathFromHere(output, environment);
  const isWanted = (path: string): boolean => selects(selection, path) && !passedOver.has(path);
  const read = readFolder(revision, { folder, isWanted, atHand: files }, environment);
  if ('failure' in read) return read;
  if ('tooLarge' in read) return { problem: tooLarge(shown, read.tooLarge) };
  // A submodule outside the output does not matter.
  const submodule = read.submodules.find((path) => [...files.keys()].some((file) => file.startsWith(`${path}/`)));
  if (submodule !== undefined) return { failure: `${base}: ${submoduleMessage(join(output, submodule))}` };
  // Checked only if no files were found, because it starts more Git processes.
  const detour = read.paths.size === 0 ? tryFindLink(revision, folder, environment) : undefined;
  if (detour !== undefined) return { failure: `${base}: ${detour.failure}` };
  const side = { shown, files: read.files, paths: read.paths };
  return checked(side, () => fleetInGit(revision, { ...options, expected: trustFiles() }, environment));
}

function checked(
  side: Omit<ReviewedSide, 'fleet'>,
  fleetOf: () => ReviewedFleet,
): { readonly side: ReviewedSide } | { readonly problem: Problem } {
  return isForeign(side.files)
    ? { problem: problem({ file: side.shown }, 'foreign-folder', {}) }
    : { side: { ...side, fleet: fleetOf } };
}

function tooLarge(file: string, found: { readonly files: number; readonly bytes: number }): Problem {
  const { files: maxFiles, bytes: maxBytes } = TREE_LIMITS;
  return problem({ file }, 'output-too-large', { ...found, maxFiles, maxBytes });
}
