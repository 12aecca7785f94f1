/** `cdk8s-spire app`: the app of a cdk8s.yaml in a repository without a main.ts. */

import { runCdk8sApp } from '../cdk8s-app';
import type { AddCommand } from '../command';

export const addApp: AddCommand = (program, runCommand) => {
  program
    // The cdk8s CLI runs it, not a person.
    .command('app', { hidden: true })
    .description('synthesizes for the cdk8s CLI')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .action(({ fleet }: { readonly fleet: string }) =>
      runCommand((environment) =>
        runCdk8sApp({ fleetFile: fleet, outdir: environment.variables.CDK8S_OUTDIR }, environment),
      ),
    );
};
