/** Facts that several problems share. */

/** The command that brings the output folder up to date. */
export interface OutputDifference {
  /** The command line. */
  readonly command: string;
  /** The output folder, as the person named it. */
  readonly folder: string;
}

/** How a file of the output differs from what synth would write. */
export interface ChangedLine {
  /** The first line that differs. @default - the file ends before it, or the line is hidden because the file holds a key */
  readonly found?: string;
  /** The line that synth would write. @default - the file must end before it, or the line is hidden */
  readonly wanted?: string;
  /** The cause, where the lines do not show it. @default - the lines show it */
  readonly cause?: 'conflict-markers' | 'list-of-files';
}

/** Why no SVID verifies below a root. */
export interface SigningFault {
  readonly file: string;
  /** The reason why it cannot sign, as the end of a sentence. */
  readonly flaw: string;
  /** What to take in its place. */
  readonly remedy: string;
}

/** A root whose path length allows only one CA below it. */
export interface ShortPath {
  readonly file: string;
  readonly pathLength: number;
  /** CAs between the root and an SVID where the Secret holds an intermediate. */
  readonly needed: number;
  readonly nested: boolean;
}

/** A certificate with the same key as another one. */
export interface SharedKey {
  readonly fingerprint: string;
  /** True if the two are different certificates of one key. @default - they are the same certificate */
  readonly renewed?: true;
}

/** A call between two clusters, or to a partner, that do not federate. */
export interface UnfederatedCall {
  readonly caller: string;
  readonly called: string;
  readonly callerCluster: string;
  readonly calledCluster: string;
  /** The two that would have to federate. A nested cluster is replaced by the cluster above it. */
  readonly between: readonly [string, string];
  /** Whether the fleet declares that their federation has ended. */
  readonly ended: boolean;
}
