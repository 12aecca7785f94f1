/** Writes values into commands of a POSIX shell that a person pastes. */

/** A value as one word of a command, in quotes where it holds more than letters, digits and harmless marks. */
export function shellWord(value: string): string {
  return /^[A-Za-z0-9_@%+:,./=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
