/** Writes the commands that a person is told to run, so that they can be pasted as they stand. */
import { pathWord } from './shell';

export const DEFAULT_FLEET = 'fleet.yaml';
export const DEFAULT_OUTPUT = 'dist';

/** A fleet and its output, as a person named them. */
export interface Written {
  readonly fleet: string;
  /** @default - the command reads no output */
  readonly output?: string;
}

/** By which command an output folder becomes what its fleet yields. */
export function synthCommand(written: Required<Written>): string {
  const options = optionsOf(written);
  return options.length === 0 ? 'npx cdk8s synth' : `npx cdk8s-spire ${['synth', ...options].join(' ')}`;
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
