/** `cdk8s-spire app`: the app that cdk8s.yaml names in a repository without a main.ts. */

import { runCdk8sApp } from '../cdk8s-app';
import type { AddCommand } from '../command';

export const addApp: AddCommand = (program, runCommand) => {
  program
    // Hidden, because only the cdk8s CLI runs this command.
    .command('app', { hidden: true })
    .description('synthesize for the cdk8s CLI')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .action(({ fleet }: { readonly fleet: string }) =>
      runCommand((environment) =>
        runCdk8sApp({ fleetFile: fleet, outdir: environment.variables.CDK8S_OUTDIR }, environment),
      ),
    );
};
