/** Messages for the comparison of two outputs. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const reviewWording: WordingOf<
  'broken-manifest' | 'object-twice' | 'no-output' | 'foreign-folder' | 'output-too-large'
> = {
  'broken-manifest': ({ reason, ours }) => ({
    sentence: `this manifest cannot be applied: ${reason}`,
    hint: `${
      ours ? 'run synth to write it again' : 'correct it or move it elsewhere, since cdk8s-spire did not write it'
    }, or compare with a commit in which it is valid`,
  }),
  'object-twice': ({ object, first }) => ({
    sentence: `${quoted(first)} defines the object ${object} too`,
    hint: 'remove one of the two; which one a cluster gets depends on the order of applying',
  }),
  'no-output': ({ command }) => ({
    sentence: 'this folder does not exist',
    hint: `create it with ${command}, or name another folder with --output`,
  }),
  'foreign-folder': () => ({
    sentence: 'this folder contains no output of cdk8s-spire',
    hint: 'name the folder that contains README.md, fleet.lock.yaml and the folders of the clusters',
  }),
  'output-too-large': ({ files, bytes, maxFiles, maxBytes }) => ({
    sentence: `${files} files with at least ${bytes} bytes exceed the limit of ${maxFiles} files and ${maxBytes} bytes`,
    hint: 'check that the folder contains only the output',
  }),
};
