/** What `cdk8s synth` runs: fleet.yaml becomes dist/. */
import { runCdk8sApp } from './lib/cli/cdk8s-app';
import { processEnvironment } from './lib/cli/environment';

runCdk8sApp(
  { fleetFile: process.env.FLEET ?? 'fleet.yaml', outdir: process.env.CDK8S_OUTDIR },
  processEnvironment(),
).then((exitCode) => {
  process.exitCode = exitCode;
});
