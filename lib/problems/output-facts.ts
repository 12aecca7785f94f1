/** Knows the facts that sentences about the output folder need, and about the comparison of two outputs. */
import type { ChangedLine, OutputDifference } from './facts';

/** By code, as in `ProblemFacts`. */
export interface OutputFacts {
  // Where the output goes.
  'foreign-file': Record<never, never>;
  'unwritable-output': { readonly reason: string };
  'shared-output':
    | { readonly holds: string }
    /** The folder around it that is an output already, as a path from where the person is. */
    | { readonly inside: string };
  'output-in-use': {
    /** How a person finds the run. */
    readonly by: string;
    /** Lock file that a killed run leaves behind. @default - none to delete: the run is certain to have been alive */
    readonly file?: string;
  };
  'unapplied-file': Record<never, never>;
  'unlisted-file': {
    /** What writes the lists of the output, where it has none. @default - the lists are there */
    readonly command?: string;
  };

  // Comparing two outputs.
  'broken-manifest': { readonly reason: string; readonly ours: boolean };
  'object-twice': { readonly object: string; readonly first: string };
  'no-output': {
    /** What writes it. */
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
  /** Git proves it: the last commit has what the fleet yields. */
  'edited-output': OutputDifference & ChangedLine;
  'missing-output': OutputDifference;
  'extra-output': OutputDifference;
  'damaged-lock': {
    readonly reason: string;
    /** The command that takes the last good one back. */
    readonly restore: string;
    /** Whether a merge of Git left both sides in it. @default false */
    readonly conflict?: boolean;
  };
}
