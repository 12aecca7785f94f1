/** Quotes values for shell commands that people paste. */

/** Text that needs no quotes. It must not begin with a hyphen, which makes an option, or with a tilde, which makes a folder. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** Characters that would move the cursor, end the line, or end a comment on the page that shows the command. */
const UNFIT = /[>\p{C}\p{Zl}\p{Zp}]/u;

/** A text as one shell word on one line: plain, in single quotes, or as `$'…'`, which bash, zsh and POSIX 2024 support. */
export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!UNFIT.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${[...text].map(escaped).join('')}'`;
}

function escaped(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!UNFIT.test(character)) return character;
  // Always three digits, so that a digit in the text that follows does not become part of the escape.
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A path as one word of a shell, never taken for an option. */
export function pathWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}
