/** Messages for the comparison of two outputs. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const reviewWording: WordingOf<
  'broken-manifest' | 'object-twice' | 'no-output' | 'foreign-folder' | 'output-too-large'
> = {
  'broken-manifest': ({ reason, ours }) => ({
    sentence: `this is no YAML that could be applied: ${reason}`,
    hint: `${
      ours
        ? 'synthesize to write it anew'
        : 'it does not begin as cdk8s-spire begins a file: mend it or move it elsewhere'
    }, or compare with a state in which it is whole`,
  }),
  'object-twice': ({ object, first }) => ({
    sentence: `the object ${object} stands in ${quoted(first)} as well`,
    hint: 'keep one of the two; which one a cluster gets depends on the order of applying',
  }),
  'no-output': ({ command }) => ({
    sentence: 'this folder does not exist',
    hint: `run ${command}, or name another folder with --output`,
  }),
  'foreign-folder': () => ({
    sentence: 'nothing in this folder was written by cdk8s-spire',
    hint: 'name the folder that holds README.md, fleet.lock.yaml and the folders of the clusters',
  }),
  'output-too-large': ({ files, bytes, maxFiles, maxBytes }) => ({
    sentence: `${files} files with at least ${bytes} bytes are more than the limit of ${maxFiles} files and ${maxBytes} bytes`,
    hint: 'check that this is the folder of the output and of nothing else',
  }),
};
