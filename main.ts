/** What `cdk8s synth` runs: fleet.yaml becomes dist/. */
import { existsSync, lstatSync, rmSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, processEnvironment } from './lib/cli/environment';
import { publish } from './lib/cli/publish';

/** The folder that cdk8s.yaml gives to the CLI, which empties it before each run. It is only a link to dist/. */
const SCRATCH = '.cdk8s-output';

const asked = process.env.CDK8S_OUTDIR ?? SCRATCH;
const outputFolder = resolve(asked) === resolve(SCRATCH) ? 'dist' : asked;
const exitCode = publish({ fleetFile: process.env.FLEET ?? 'fleet.yaml', outputFolder }, processEnvironment());
if (exitCode === EXIT.ok && outputFolder === 'dist') {
  // The CLI lists and validates the manifests it finds here.
  const scratch = lstatSync(SCRATCH, { throwIfNoEntry: false });
  if (scratch?.isSymbolicLink()) rmSync(SCRATCH);
  if (scratch === undefined || scratch.isSymbolicLink()) symlinkSync('dist', SCRATCH, 'junction');
}
// A folder that is missing makes the CLI fail with one line; an exit code makes it print a stack trace of its own.
process.exitCode =
  exitCode !== EXIT.ok && process.env.CDK8S_OUTDIR !== undefined && !existsSync(asked) ? EXIT.ok : exitCode;
