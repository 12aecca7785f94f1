/** Runs one command line of a case, and gives what it said in the form in which cases expect it. */
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineWith } from '../command-line';
import { temporaryFolder } from '../support';
import { commitAll } from '../written-repository';
import { type ExpectedRun, inputOf } from './case';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'bin', 'cdk8s-spire.js');
const CDK8S = join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');

/** The beginning of a problem as it is printed. */
const HEAD = /^(.+:\d+:\d+): ((?:error|warning)\[[a-z0-9-]+\])/gm;

export interface Outcome {
  readonly exit: number;
  /** As "error[code] file:line:column", sorted. */
  readonly problems: readonly string[];
  /** All that was printed, on both channels. */
  readonly said: string;
}

/** What of a run says how to run it. */
type CommandRun = Pick<ExpectedRun, 'run'> & Partial<Pick<ExpectedRun, 'input' | 'slowly'>>;

/** Lays out what a run begins with. */
export function prepareRun({ commits, lays }: ExpectedRun, folder: string): void {
  if (commits) commitAll(folder);
  for (const [to, from] of Object.entries(lays)) cpSync(join(folder, from), join(folder, to));
}

/** Whether the command line is one of the cdk8s CLI, which runs ours as its app. */
export const isOfCdk8s = ({ run }: CommandRun): boolean => run.startsWith('cdk8s ');

export async function runCase(run: CommandRun, folder: string): Promise<Outcome> {
  const inProcess = isOfCdk8s(run) ? runCdk8s(run, folder) : run.slowly === true ? runSlowly(run, folder) : undefined;
  const { exit, said } = inProcess ?? (await runHere(run, folder));
  const problems = [...said.matchAll(HEAD)].map(([, place, code]) => `${code} ${place}`).sort();
  return { exit, problems, said };
}

async function runHere(run: CommandRun, folder: string): Promise<Omit<Outcome, 'problems'>> {
  const answer = await commandLineWith(inputOf(run, folder), folder, ...run.run.split(' '));
  return { exit: answer.exitCode, said: `${answer.errorOutput}\n${answer.printed}` };
}

/** In a process, behind a pipe that pauses after the first byte: as with a kubectl that waits for its server. */
function runSlowly(run: CommandRun, folder: string): Omit<Outcome, 'problems'> {
  const input = join(temporaryFolder(), 'input');
  writeFileSync(input, inputOf(run, folder));
  const pipe = '(head -c 1 "$INPUT"; sleep 1.5; tail -c +2 "$INPUT") | "$NODE" "$PROGRAM" "$@"';
  return runProcess(folder, 'sh', ['-c', pipe, 'sh', ...run.run.split(' ')], { INPUT: input });
}

function runCdk8s({ run }: CommandRun, folder: string): Omit<Outcome, 'problems'> {
  const [, ...args] = run.split(' ');
  return runProcess(folder, process.execPath, [CDK8S, ...args], { CDK8S_CHECK_UPGRADE: 'false' });
}

function runProcess(
  cwd: string,
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Omit<Outcome, 'problems'> {
  const env = { ...process.env, NODE: process.execPath, PROGRAM, ...variables };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env });
  return { exit: status ?? -1, said: `${stderr}\n${stdout}` };
}
