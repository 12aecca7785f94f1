/** `cdk8s-spire synth`: the main job without the cdk8s CLI around it, for any fleet file and any output folder. */
import type { AddCommand } from '../command';
import { publish } from '../publish';
import { addSelectionOptions, type SelectionOptions, selectionOf } from '../selection-options';

interface SynthOptions extends SelectionOptions {
  readonly fleet: string;
  readonly output: string;
}

export const addSynth: AddCommand = (program, runCommand) => {
  const command = program
    .command('synth')
    .description('writes the manifests of a fleet, or says what is wrong with it and writes nothing')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('-o, --output <folder>', 'folder that holds the output and nothing else', 'dist');
  addSelectionOptions(command, 'writes').action(({ fleet, output, ...part }: SynthOptions) =>
    runCommand((environment) =>
      publish({ fleetFile: fleet, outputFolder: output, selection: selectionOf(part) }, environment),
    ),
  );
};
