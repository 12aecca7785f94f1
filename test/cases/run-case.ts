/** Runs one command line of a case, and gives what it said in the form in which cases expect it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineWith } from '../command-line';
import { temporaryFolder } from '../support';
import { type ExpectedRun, inputOf } from './case';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'cdk8s-spire.js');

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
type CommandRun = Pick<ExpectedRun, 'run' | 'input' | 'slowly'>;

export async function runCase(run: CommandRun, folder: string): Promise<Outcome> {
  const { exit, said } = run.slowly ? runSlowly(run, folder) : await runHere(run, folder);
  const problems = [...said.matchAll(HEAD)].map(([, place, code]) => `${code} ${place}`).sort();
  return { exit, problems, said };
}

async function runHere(run: CommandRun, folder: string): Promise<Omit<Outcome, 'problems'>> {
  const answer = await commandLineWith(inputOf(run, folder), folder, ...run.run.split(' '));
  return { exit: answer.exitCode, said: `${answer.complained}\n${answer.printed}` };
}

/** In a process, behind a pipe that pauses after the first byte: as with a kubectl that waits for its server. */
function runSlowly(run: CommandRun, folder: string): Omit<Outcome, 'problems'> {
  const input = join(temporaryFolder(), 'input');
  writeFileSync(input, inputOf(run, folder));
  const pipe = '(head -c 1 "$INPUT"; sleep 1.5; tail -c +2 "$INPUT") | "$NODE" "$PROGRAM" "$@"';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', pipe, 'sh', ...run.run.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, INPUT: input, NODE: process.execPath, PROGRAM, CDK8S_SPIRE_MEMORY: 'off' },
  });
  return { exit: status ?? -1, said: `${stderr}\n${stdout}` };
}
