/** Writes values into commands of a shell that a person pastes. */

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
