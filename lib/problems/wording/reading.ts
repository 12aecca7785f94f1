/** Messages for reading the fleet file and the files it names. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** Hint for each kind of missing file. */
const MISSING_FILE_HINTS: Readonly<Record<string, string>> = {
  'the fleet file': 'check the path, or name another one with --fleet',
  "the issuer's root certificate": 'put the root certificate there that the issuer leads to',
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
    hint: 'name a regular file that you may read',
  }),
  'file-too-large': ({ file, bytes, limit }) => ({
    sentence: `${quoted(file)} is ${bytes} bytes, more than the limit of ${limit}`,
    hint: 'check that this is the file you mean',
  }),
  'not-utf8': ({ file, offset }) => ({
    sentence: `${quoted(file)} is not UTF-8: byte ${offset} cannot be decoded`,
    hint: 'save the file as UTF-8',
  }),
  'invalid-yaml': ({ reason }) => ({
    sentence: reason,
    hint: 'correct the YAML here; nothing after this point was read',
  }),
  'duplicate-key': ({ key }) => ({
    sentence: `${quoted(key)} stands twice in this map`,
    hint: 'keep one of the two; YAML readers differ on which one counts',
  }),
  'too-many-aliases': ({ limit }) => ({
    sentence: `the aliases of this document multiply to more than ${limit} uses`,
    hint: 'write the values out instead of nesting aliases',
  }),
  'empty-fleet': () => ({
    sentence: 'the file holds no fleet',
    hint: 'start with a name and a cluster: copy the fleet.yaml of the README',
  }),
  'not-a-pod': ({ got }) => ({
    sentence: `expected one Pod, got ${got}`,
    hint: 'pipe one Pod: kubectl get pod NAME -n NAMESPACE -o yaml',
  }),
};
