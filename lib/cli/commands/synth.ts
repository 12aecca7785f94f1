/** `cdk8s-spire synth`: the main job without the cdk8s CLI around it, for any fleet file and any output folder. */
import type { AddCommand } from '../command';
import { publish } from '../publish';
import { addPartOptions, type PartOptions, selectedPart } from '../selected-part';

interface SynthOptions extends PartOptions {
  readonly fleet: string;
  readonly output: string;
}

export const addSynth: AddCommand = (program, answer) => {
  const command = program
    .command('synth')
    .description('writes the manifests of a fleet, or says what is wrong with it and writes nothing')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('-o, --output <folder>', 'folder that holds the output and nothing else', 'dist');
  addPartOptions(command, 'writes').action(({ fleet, output, ...part }: SynthOptions) =>
    answer((environment) =>
      publish({ fleetFile: fleet, outputFolder: output, selection: selectedPart(part) }, environment),
    ),
  );
};
