/** `cdk8s-spire synth`: the main job without the cdk8s CLI around it, for any fleet file and any output folder. */
import type { AddCommand } from '../command';
import { publish } from '../publish';

export const addSynth: AddCommand = (program, answer) => {
  program
    .command('synth')
    .description('writes the manifests of a fleet, or says what is wrong with it and writes nothing')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('-o, --output <folder>', 'folder that holds the output and nothing else', 'dist')
    .action(({ fleet, output }: { readonly fleet: string; readonly output: string }) =>
      answer((environment) => publish({ fleetFile: fleet, outputFolder: output }, environment)),
    );
};
