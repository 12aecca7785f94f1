/** A format that a regular expression describes completely. */
import type { Format } from './formats';

interface Written {
  readonly what: string;
  readonly example: string;
  readonly pattern: string;
  /** Why a text that does not match is invalid. */
  readonly reason: string;
}

export function matching({ reason, ...format }: Written): Format {
  const pattern = new RegExp(format.pattern);
  return { ...format, check: (text) => (pattern.test(text) ? undefined : reason) };
}
