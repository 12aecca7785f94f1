/** `cdk8s-spire synth`: the main job without the cdk8s CLI around it, for any fleet file and any output folder. */
import { InvalidArgumentError, Option } from 'commander';
import { parseShard, type Selection, selectClusters } from '../../synth/selection';
import type { AddCommand } from '../command';
import { publish } from '../publish';

interface SynthOptions {
  readonly fleet: string;
  readonly output: string;
  readonly only?: readonly string[];
  readonly shard?: Selection;
}

/** Reads `2/8`. */
export function shard(text: string): Selection {
  const selection = parseShard(text);
  if (selection === undefined) throw new InvalidArgumentError('expected k/n with k from 1 to n, such as 2/8');
  return selection;
}

export const addSynth: AddCommand = (program, answer) => {
  program
    .command('synth')
    .description('writes the manifests of a fleet, or says what is wrong with it and writes nothing')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('-o, --output <folder>', 'folder that holds the output and nothing else', 'dist')
    .addOption(new Option('--only <clusters...>', 'writes the files of these clusters alone').conflicts('shard'))
    .option('--shard <k/n>', 'writes one of n parts that together are the whole, such as for jobs of CI', shard)
    .action(({ fleet, output, only, shard: part }: SynthOptions) =>
      answer((environment) => {
        const selection = part ?? (only && selectClusters(only));
        return publish({ fleetFile: fleet, outputFolder: output, selection }, environment);
      }),
    );
};
