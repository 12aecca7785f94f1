/** Compares an output folder with the output of a fleet, and reports the differences as problems. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { OutputFault } from '../checks/output-fault';
import { describeDiskError } from '../disk/describe-disk-error';
import { TreeCheck, type TreeDifference } from '../output/check-tree';
import { isList } from '../output/written-files';
import type { OutputDifference } from '../problems/facts';
import { type Problem, problem, warning } from '../problems/problem';
import type { Environment } from './environment';
import { lastCommit } from './last-commit';
import { type ProduceOutputProps, produceOutput } from './produce-output';

export interface CheckOutputProps extends ProduceOutputProps {
  /** The command that brings the folder up to date. */
  readonly command: string;
}

/** The size of the output of a fleet, or of a part of it. */
export interface Yielded {
  readonly objects: number;
  readonly files: number;
}

export interface CheckedOutput {
  readonly problems: readonly Problem[];
  /** Faults that the output checks found. If there are any, the folder is not compared. */
  readonly faults: readonly OutputFault[];
  /** @default - not known, the folder could not be read */
  readonly yielded?: Yielded;
}

export async function checkOutput(props: CheckOutputProps, environment: Environment): Promise<CheckedOutput> {
  const { outputFolder, selection } = props;
  const folder = resolve(environment.cwd, outputFolder);
  try {
    const tree = new TreeCheck(folder, selection);
    const { faults, objects } = await produceOutput(tree, props, environment);
    const yielded = { objects, files: tree.files };
    if (faults.length > 0) return { problems: [], faults, yielded };
    // One word for all files.
    const isThere = existsSync(folder) || tree.files === 0;
    const problems = isThere
      ? problemsOf(tree.differences(), props, environment)
      : [problem({ file: outputFolder }, 'no-output', { command: props.command })];
    return { problems, faults, yielded };
  } catch (error) {
    // The folder can be unreadable, or not be a folder.
    const { syscall, path = folder } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const file = relative(environment.cwd, path);
    const facts = { what: 'the output', file, reason: describeDiskError(error) };
    return { problems: [problem({ file }, 'file-unreadable', facts)], faults: [] };
  }
}

function problemsOf(
  differences: readonly TreeDifference[],
  { outputFolder, command }: CheckOutputProps,
  { cwd, execute }: Environment,
): readonly Problem[] {
  // Git runs only if there are differences.
  const isCommitted = differences.length > 0 ? lastCommit(resolve(cwd, outputFolder), execute) : () => false;
  const agree = { command, folder: outputFolder };
  const hasLists = !differences.some(({ kind, path }) => kind === 'missing' && isList(path));
  return differences.map((difference): Problem => {
    const file = join(outputFolder, difference.path);
    if (difference.kind !== 'differs') return problemOf(difference.kind, file, { ...agree, hasLists });
    const { at, line, path, wanted } = difference;
    return problem({ file, position: at }, isCommitted(path, wanted) ? 'edited-output' : 'stale-output', {
      ...agree,
      ...line,
    });
  });
}

function problemOf(
  kind: Exclude<TreeDifference['kind'], 'differs'>,
  file: string,
  { hasLists, ...agree }: OutputDifference & { readonly hasLists: boolean },
): Problem {
  switch (kind) {
    case 'foreign':
      return problem({ file }, 'foreign-file', {});
    case 'missing':
      return problem({ file }, 'missing-output', agree);
    case 'extra':
      return problem({ file }, 'extra-output', agree);
    case 'unapplied':
      return warning({ file }, 'unapplied-file', {});
    case 'unlisted':
      return problem({ file }, 'unlisted-file', hasLists ? {} : { command: agree.command });
  }
}
