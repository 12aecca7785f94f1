/** Words the problems of the output folder. */
import type { WordingOf } from './wording';

export const outputWording: WordingOf<'foreign-file' | 'unwritable-output'> = {
  'foreign-file': () => ({
    sentence: 'this exists and was not written by cdk8s-spire',
    hint: 'move or delete it; it would be overwritten',
  }),
  'unwritable-output': ({ reason }) => ({
    sentence: `this cannot be written: ${reason}`,
    hint: 'check permissions and free space, and run again; every file is either the old or the new one',
  }),
};
