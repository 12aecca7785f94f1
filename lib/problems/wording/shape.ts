/** Messages for the shape of the fleet document. */
import { either, meant, quoted } from './phrases';
import type { WordingOf } from './wording';

export const shapeWording: WordingOf<
  | 'unknown-key'
  | 'renamed-key'
  | 'missing-key'
  | 'wrong-type'
  | 'unknown-value'
  | 'out-of-range'
  | 'malformed'
  | 'exclusive-keys'
  | 'not-applicable'
> = {
  'unknown-key': ({ key, of, known, suggestion, elsewhere }) => ({
    sentence: `${quoted(key)} is not a key of ${of}`,
    // List all keys, since each of them can be the one that was meant.
    hint:
      elsewhere !== undefined
        ? `write it as ${elsewhere}`
        : meant(suggestion, `valid keys of ${of}: ${known.join(', ')}`),
  }),
  'renamed-key': ({ key, newKey }) => ({
    sentence: `${quoted(key)} is now called ${quoted(newKey)}`,
    hint: `rename it to ${newKey}`,
  }),
  'missing-key': ({ key, of, example }) => ({
    sentence: `${of} needs the key ${quoted(key)}`,
    hint: example === undefined ? `add ${key}` : `add it, such as ${key}: ${example}`,
  }),
  'wrong-type': ({ expected, got, hint }) => ({ sentence: `expected ${expected}, got ${got}`, hint }),
  'unknown-value': ({ got, allowed, suggestion }) => ({
    sentence: `expected ${either(allowed)}, got ${got}`,
    hint: meant(suggestion, `write ${either(allowed)}`),
  }),
  'out-of-range': ({ expected, got }) => ({ sentence: `expected ${expected}, got ${got}`, hint: `write ${expected}` }),
  malformed: ({ what, got, reason, example }) => ({
    sentence: `${quoted(got)} is not ${what}: ${reason}`,
    hint: `write it like ${quoted(example)}`,
  }),
  'exclusive-keys': ({ keys, given, hint }) =>
    given.length === 0
      ? { sentence: `exactly one of the keys ${either(keys)} is required`, hint: 'add one of them' }
      : {
          sentence: `${given.map(quoted).join(' and ')} cannot be used together`,
          hint: hint ?? 'keep one of them',
        },
  'not-applicable': ({ key, because, other }, whereIs) => ({
    sentence: `${quoted(key)} is not applicable: ${because}${other === undefined ? '' : ` (${whereIs(other)})`}`,
    hint: `remove ${key}`,
  }),
};
