/** The app that `cdk8s synth` runs. It publishes into dist/ and creates the folder that the CLI expects. */
import { existsSync, lstatSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { synthCommand } from '../problems/commands';
import { isTemporaryOfCli, tryFindDeletedOutput } from './cdk8s-cli';
import { type Environment, EXIT, type ExitCode } from './environment';
import { publish } from './publish';

/** The folder that cdk8s.yaml gives to the CLI, which deletes it before each run. It is only a link to dist/. */
const SCRATCH = '.cdk8s-output';

export interface Cdk8sAppProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Value of the variable CDK8S_OUTDIR. The cdk8s CLI sets it; without the CLI it is undefined. */
  readonly outdir: string | undefined;
}

/** Writes dist/, or the folder given to the CLI with --output. */
export async function runCdk8sApp({ fleetFile, outdir }: Cdk8sAppProps, environment: Environment): Promise<ExitCode> {
  const { cwd, printError } = environment;
  const asked = outdir ?? SCRATCH;
  if (isTemporaryOfCli(resolve(cwd, asked))) {
    printError(NO_STDOUT);
    // Without its folder, the CLI fails with one line.
    rmSync(resolve(cwd, asked), { recursive: true });
    return EXIT.ok;
  }
  const isScratch = resolve(cwd, asked) === resolve(cwd, SCRATCH);
  const exitCode = isScratch
    ? await publish({ fleetFile, outputFolder: 'dist' }, environment)
    : await publish({ fleetFile, outputFolder: asked, deleted: tryFindDeletedOutput(asked, environment) }, environment);
  if (exitCode === EXIT.ok && isScratch) linkScratch(join(cwd, SCRATCH));
  if (exitCode === EXIT.ok && !isScratch) printError(noteOn(asked, fleetFile));
  // The CLI prints a stack trace if the app fails, but only one line if the output folder is missing.
  return exitCode !== EXIT.ok && outdir !== undefined && !existsSync(resolve(cwd, asked)) ? EXIT.ok : exitCode;
}

const NO_STDOUT = `error: cdk8s synth --stdout loses objects: the CLI joins the files of all clusters, with no "---" between them
  hint: use npm run synth, then kubectl apply -k dist/CLUSTER/LAYER`;

/** @param folder the folder as given to the CLI */
function noteOn(folder: string, fleetFile: string): string {
  const command = synthCommand({ fleet: fleetFile, output: folder });
  return `note: with --output, the cdk8s CLI first deletes that folder and everything in it; this command does not: ${command}`;
}

/** The CLI lists and validates the manifests that it finds here. */
function linkScratch(scratch: string): void {
  const present = lstatSync(scratch, { throwIfNoEntry: false });
  if (present?.isSymbolicLink()) rmSync(scratch);
  if (present === undefined || present.isSymbolicLink()) symlinkSync('dist', scratch, 'junction');
}
