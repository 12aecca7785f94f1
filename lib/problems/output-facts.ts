/** Facts of the problems of the output folder, and of the comparison of two outputs. */
import type { ChangedLine, OutputDifference } from './facts';

/** By code, as in `ProblemFacts`. */
export interface OutputFacts {
  // Where the output goes.
  'foreign-file': Record<never, never>;
  'unwritable-output': { readonly reason: string };
  'shared-output':
    | { readonly holds: string }
    /** A parent folder that is an output already, as a path relative to the working folder. */
    | { readonly inside: string };
  'output-in-use': {
    /** Describes the other run, so that it can be found. */
    readonly by: string;
    /** Lock file to delete if the other run was killed. @default - the other run is still alive, so there is none to delete */
    readonly file?: string;
  };
  'unapplied-file': Record<never, never>;
  'unlisted-file': {
    /** Command that writes the missing lists of the output. @default - the lists exist */
    readonly command?: string;
  };

  // Comparing two outputs.
  'broken-manifest': { readonly reason: string; readonly ours: boolean };
  'object-twice': { readonly object: string; readonly first: string };
  'no-output': {
    /** The command that writes it. */
    readonly command: string;
  };
  'foreign-folder': Record<never, never>;
  'output-too-large': {
    readonly files: number;
    readonly bytes: number;
    readonly maxFiles: number;
    readonly maxBytes: number;
  };
  'stale-output': OutputDifference & ChangedLine;
  /** The file was edited by hand: the last commit in Git holds what synth would write. */
  'edited-output': OutputDifference & ChangedLine;
  'missing-output': OutputDifference;
  'extra-output': OutputDifference;
  'damaged-lock': {
    readonly reason: string;
    /** The command that restores the last good version. */
    readonly restore: string;
    /** Whether it holds conflict markers of Git. @default false */
    readonly conflict?: boolean;
  };
}
