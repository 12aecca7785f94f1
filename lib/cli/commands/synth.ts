/** `cdk8s-spire synth`: writes the output of a fleet without the cdk8s CLI, for any fleet file and output folder. */
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
    .description('write the manifests of a fleet; if the fleet has a problem, report it and write nothing')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('-o, --output <folder>', 'output folder, which may contain nothing else', 'dist');
  addSelectionOptions(command, 'write').action(({ fleet, output, ...part }: SynthOptions) =>
    runCommand((environment) =>
      publish({ fleetFile: fleet, outputFolder: output, selection: selectionOf(part) }, environment),
    ),
  );
};
