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
    sentence: 'this exists and was not written by cdk8s-spire',
    hint: 'move or delete it; it would be overwritten',
  }),
  'unwritable-output': ({ reason }) => ({
    sentence: `this cannot be written: ${reason}`,
    hint: 'check permissions and free space, and run again; every file is either the old or the new one',
  }),
  'shared-output': (facts) => ({
    sentence:
      'holds' in facts
        ? `this folder also holds ${facts.holds}; synth could not tell which files are its own`
        : `this folder is inside the output ${facts.inside}/; a synthesis of that one could not tell which files are its own`,
    hint: 'give the output a folder of its own with --output, such as dist',
  }),
  'output-in-use': ({ by, file }) => ({
    sentence: `another synthesis writes into this folder: ${by}`,
    hint:
      file === undefined ? 'run again' : `wait until it ends and run again; if it is no longer running, delete ${file}`,
  }),
  'unapplied-file': () => ({
    sentence: 'nothing applies this file: it is not part of the output, and no kustomization of the output lists it',
    hint: 'move it out of the output folder, and apply it from there',
  }),
  'unlisted-file': ({ command }) => ({
    sentence: 'synth does not remove this file: the fleet does not produce it, and no files.lock lists it',
    hint:
      command === undefined
        ? 'delete it; where it is yours, move it out of the output folder'
        : `run ${command} once, which writes files.lock, and delete this file; where it is yours, move it out of the output folder`,
  }),
  'stale-output': ({ command, folder, ...line }) =>
    line.cause === 'conflict-markers'
      ? conflicting(command, folder)
      : {
          sentence: `this is not what the fleet yields: ${changed(line)}; it is older output, or was edited by hand`,
          hint: renewed(command, folder),
        },
  'edited-output': ({ command, folder, ...line }) =>
    line.cause === 'conflict-markers'
      ? conflicting(command, folder)
      : {
          sentence: `this was edited after the last commit, which has what the fleet yields: ${changed(line)}`,
          hint: `change the fleet instead, and run: ${command}`,
        },
  'missing-output': ({ command, folder }) => ({
    sentence: 'the fleet yields this file, and it is not here',
    hint: renewed(command, folder),
  }),
  'damaged-lock': ({ reason, restore, conflict = false }) => ({
    sentence: `this cannot be read: ${reason}; without it, synth cannot check this change against the last synthesis`,
    hint: conflict
      ? `take either side, such as your own, and run synth again: ${restore}`
      : `take it back from Git, and run synth again: ${restore}; where nothing was applied yet, delete it`,
  }),
  'extra-output': ({ command, folder }) => ({
    sentence: 'the fleet does not yield this file any more',
    hint: renewed(command, folder),
  }),
};

function renewed(command: string, folder: string): string {
  return `run ${command} and commit ${folder}/`;
}

/** Synth writes the whole file again, whichever side it holds. */
function conflicting(command: string, folder: string): Message {
  return {
    sentence: 'this has conflict markers of Git',
    hint: `take either side, then ${renewed(command, folder)}`,
  };
}

function changed({ found, wanted, cause }: ChangedLine): string {
  if (cause === 'list-of-files') return 'it lists other files';
  if (found === undefined && wanted === undefined) return 'a line differs';
  if (found === wanted)
    return 'a line differs in what is not seen, a space at its end, a line end or a byte order mark';
  const here = found === undefined ? 'the file ends here' : `here stands ${quoted(found)}`;
  return wanted === undefined ? `${here}, where it must end` : `${here}, it must be ${quoted(wanted)}`;
}
