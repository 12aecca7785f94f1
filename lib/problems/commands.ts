/** Writes the commands that a person is told to run, so that they can be pasted as they stand. */

export const DEFAULT_FLEET = 'fleet.yaml';
export const DEFAULT_OUTPUT = 'dist';

/** What a shell takes as it is; a hyphen in front would make an option of it, a tilde a folder. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** Characters that would move the cursor or end the line, or the comment of a page, where the command is shown. */
const UNFIT = /[>\p{C}\p{Zl}\p{Zp}]/u;

/** A text as one word of a shell, on one line: plain, in quotes, or in those of `$'…'`, which bash, zsh and POSIX 2024 read. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!UNFIT.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${[...text].map(escaped).join('')}'`;
}

function escaped(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!UNFIT.test(character)) return character;
  // Three digits each, so that no digit behind can be taken for one more.
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A path as one word of a shell, never taken for an option. */
export function pathWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

/** Both as a person named them. */
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
