/** Messages for reading the fleet file and the files it names. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** Hint for each kind of missing file. */
const MISSING_FILE_HINTS: Readonly<Record<string, string>> = {
  'the fleet file': 'check the path, or name another one with --fleet',
  "the issuer's root certificate": 'save the root certificate of the issuer under this path',
  "the partner's root certificate":
    'ask the operator of the partner for it, and compare its fingerprint over another channel',
};

export const readingWording: WordingOf<
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-utf8'
  | 'invalid-yaml'
  | 'duplicate-key'
  | 'too-many-aliases'
  | 'empty-fleet'
  | 'not-a-pod'
> = {
  'file-missing': ({ what, file, meant, cluster }, _whereIs, own) => ({
    sentence: `${what} ${quoted(file)} does not exist`,
    hint:
      meant !== undefined
        ? `did you mean ${quoted(meant)}?`
        : cluster !== undefined
          ? `make one with: ${own(`root ${cluster}`)}`
          : (MISSING_FILE_HINTS[what] ?? 'check the path; it is relative to the fleet file'),
  }),
  'file-unreadable': ({ what, file, reason }) => ({
    sentence: `${what} ${quoted(file)} cannot be read: ${reason}`,
    hint: 'name a regular file that you have permission to read',
  }),
  'file-too-large': ({ file, bytes, limit }) => ({
    sentence: `${quoted(file)} has ${bytes} bytes; the limit is ${limit}`,
    hint: 'check that this is the right file',
  }),
  'not-utf8': ({ file, offset }) => ({
    sentence: `${quoted(file)} is not valid UTF-8: byte ${offset} cannot be decoded`,
    hint: 'save the file as UTF-8',
  }),
  'invalid-yaml': ({ reason }) => ({
    sentence: reason,
    hint: 'correct the YAML here; the rest of the file was not checked',
  }),
  'duplicate-key': ({ key }) => ({
    sentence: `the key ${quoted(key)} occurs twice in this map`,
    hint: 'remove one of the two; YAML parsers differ in which one they use',
  }),
  'too-many-aliases': ({ limit }) => ({
    sentence: `the nested aliases of this document expand to more than ${limit} aliases`,
    hint: 'write the values instead of nesting aliases',
  }),
  'empty-fleet': () => ({
    sentence: 'the file contains no fleet',
    hint: 'start with the example fleet.yaml in the README',
  }),
  'not-a-pod': ({ got }) => ({
    sentence: `expected one Pod, got ${got}`,
    hint: 'pass one Pod: kubectl get pod NAME -n NAMESPACE -o yaml | npx cdk8s-spire explain -',
  }),
};
