/** Renders the commands in hints, ready to paste into a shell. */
import { pathWord } from './shell';

export const DEFAULT_FLEET = 'fleet.yaml';
export const DEFAULT_OUTPUT = 'dist';

/** The fleet file and the output folder, as given on the command line. */
export interface Written {
  readonly fleet: string;
  /** @default - the command reads no output */
  readonly output?: string;
}

/** The command that brings an output folder up to date. */
export function synthCommand(written: Required<Written>): string {
  const options = optionsOf(written);
  return options.length === 0 ? 'npm run synth' : `npx cdk8s-spire ${['synth', ...options].join(' ')}`;
}

/** A command of ours, about this fleet. @param words with their quotes, such as `root east --rotate` */
export function ownCommand(words: string, written: Written): string {
  return ['npx cdk8s-spire', words, ...optionsOf(written)].join(' ');
}

function optionsOf({ fleet, output = DEFAULT_OUTPUT }: Written): readonly string[] {
  return [
    ...(fleet === DEFAULT_FLEET ? [] : [`-f ${pathWord(fleet)}`]),
    ...(output === DEFAULT_OUTPUT ? [] : [`-o ${pathWord(output)}`]),
  ];
}
