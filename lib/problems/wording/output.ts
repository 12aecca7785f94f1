/** Messages for the output folder. */
import type { ChangedLine } from '../facts';
import { quoted } from './phrases';
import type { Message, WordingOf } from './wording';

export const outputWording: WordingOf<
  | 'foreign-file'
  | 'unwritable-output'
  | 'shared-output'
  | 'output-in-use'
  | 'unapplied-file'
  | 'unlisted-file'
  | 'stale-output'
  | 'edited-output'
  | 'missing-output'
  | 'extra-output'
  | 'damaged-lock'
> = {
  'foreign-file': () => ({
    sentence: 'synth would overwrite this file, which cdk8s-spire did not write',
    hint: 'move or delete it',
  }),
  'unwritable-output': ({ reason }) => ({
    sentence: `this cannot be written: ${reason}`,
    hint: 'check permissions and free space, and run again; no file is left half written',
  }),
  'shared-output': (facts) => ({
    sentence:
      'holds' in facts
        ? `this folder also contains ${facts.holds}, so synth cannot tell which files belong to the output`
        : `this folder is inside ${facts.inside}/, which is another output; a synthesis of that one could delete these files`,
    hint: 'write the output to a separate folder, such as --output dist',
  }),
  'output-in-use': ({ by, file }) => ({
    sentence: `another synthesis is writing to this folder: ${by}`,
    hint:
      file === undefined
        ? 'wait until it ends, and run again'
        : `wait until it ends, and run again; if it is no longer running, delete ${file}`,
  }),
  'unapplied-file': () => ({
    sentence: 'this file is never applied: it is not part of the output, and no kustomization of the output lists it',
    hint: 'move it out of the output folder, and apply it from there',
  }),
  'unlisted-file': ({ command }) => ({
    sentence: 'synth does not delete this file: the fleet does not produce it, and no files.lock lists it',
    hint: `${command === undefined ? '' : `write files.lock with ${command}; then `}delete this file, or move it out of the output folder if it is yours`,
  }),
  'stale-output': ({ command, folder, ...line }) =>
    line.cause === 'conflict-markers'
      ? conflictMessage(command, folder)
      : {
          sentence: `this file is out of date or was edited by hand: ${describeChangedLine(line)}`,
          hint: updateHint(command, folder),
        },
  'edited-output': ({ command, folder, ...line }) =>
    line.cause === 'conflict-markers'
      ? conflictMessage(command, folder)
      : {
          sentence: `this file was edited by hand after the last commit: ${describeChangedLine(line)}`,
          hint: `change the fleet instead, then run: ${command}`,
        },
  'missing-output': ({ command, folder }) => ({
    sentence: 'the fleet produces this file, but the output does not contain it',
    hint: updateHint(command, folder),
  }),
  'damaged-lock': ({ reason, restore, conflict = false }) => ({
    sentence: `this lock file cannot be read: ${reason}; synth needs it to compare the fleet with the last synthesis`,
    hint: conflict
      ? `restore one side, such as your own, and synthesize again: ${restore}`
      : `restore it from Git, and synthesize again: ${restore}; if nothing was applied yet, delete it instead`,
  }),
  'extra-output': ({ command, folder }) => ({
    sentence: 'the fleet no longer produces this file',
    hint: updateHint(command, folder),
  }),
};

function updateHint(command: string, folder: string): string {
  return `update the output with ${command} and commit ${folder}/`;
}

/** Synth writes the whole file again, so either side of the conflict will do. */
function conflictMessage(command: string, folder: string): Message {
  return {
    sentence: 'this file has conflict markers of Git',
    hint: `keep either side, then ${updateHint(command, folder)}`,
  };
}

function describeChangedLine({ found, wanted, cause }: ChangedLine): string {
  if (cause === 'list-of-files') return 'its list of files differs';
  if (found === undefined && wanted === undefined) return 'a line differs';
  if (found === wanted) return 'a line differs in a space at its end, a line ending or a byte order mark';
  const expected = wanted === undefined ? 'expected the end of the file' : `expected ${quoted(wanted)}`;
  return `${expected}, got ${found === undefined ? 'the end of the file' : quoted(found)}`;
}
