/** Is the app that `cdk8s synth` runs: it publishes into dist/, and gives the CLI the folder that it expects. */
import { existsSync, lstatSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, EXIT, type ExitCode } from './environment';
import { publish } from './publish';

/** The folder that cdk8s.yaml gives to the CLI, which empties it before each run. It is only a link to dist/. */
const SCRATCH = '.cdk8s-output';

export interface Cdk8sAppProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** What the CLI set CDK8S_OUTDIR to; undefined where it runs without the CLI. */
  readonly outdir: string | undefined;
}

/** Writes dist/, or the folder that the CLI was asked for by name. */
export async function runCdk8sApp({ fleetFile, outdir }: Cdk8sAppProps, environment: Environment): Promise<ExitCode> {
  const { cwd } = environment;
  const asked = outdir ?? SCRATCH;
  const outputFolder = resolve(cwd, asked) === resolve(cwd, SCRATCH) ? 'dist' : asked;
  const exitCode = await publish({ fleetFile, outputFolder }, environment);
  const scratch = join(cwd, SCRATCH);
  if (exitCode === EXIT.ok && outputFolder === 'dist') {
    // The CLI lists and validates the manifests it finds here.
    const present = lstatSync(scratch, { throwIfNoEntry: false });
    if (present?.isSymbolicLink()) rmSync(scratch);
    if (present === undefined || present.isSymbolicLink()) symlinkSync('dist', scratch, 'junction');
  }
  // A folder that is missing makes the CLI fail with one line; an exit code makes it print a stack trace of its own.
  return exitCode !== EXIT.ok && outdir !== undefined && !existsSync(resolve(cwd, asked)) ? EXIT.ok : exitCode;
}
