/** Facts of problems that need more than a line to say what they are. */

/** What makes the output folder and the fleet agree again. */
export interface OutputDifference {
  /** As it is typed. */
  readonly command: string;
  /** The output folder, as the person named it. */
  readonly folder: string;
}

/** How a file of the output is not as it must be. */
export interface ChangedLine {
  /** The first line that differs. @default - the file ends before it, or the line is hidden because the file holds a key */
  readonly found?: string;
  /** What must stand there. @default - the file must end before it, or the line is hidden */
  readonly wanted?: string;
  /** Says more than a line would. @default - the lines say it */
  readonly cause?: 'conflict-markers' | 'list-of-files';
}

/** Why no SVID verifies below a root. */
export interface SigningFault {
  readonly file: string;
  /** What keeps it from signing, as a sentence without its end. */
  readonly flaw: string;
  /** What to take in its place. */
  readonly remedy: string;
}

/** A root that has room below it only for the CA of the server. */
export interface ShortPath {
  readonly file: string;
  readonly pathLength: number;
  /** CAs between the root and an SVID where the Secret holds an intermediate. */
  readonly needed: number;
  readonly nested: boolean;
}

/** A certificate whose key is that of another one. */
export interface SharedKey {
  readonly fingerprint: string;
  /** Whether the other is another certificate of the same key. @default - it is the same one */
  readonly renewed?: true;
}

/** A call between two clusters, or to a partner, that do not know each other. */
export interface UnfederatedCall {
  readonly caller: string;
  readonly called: string;
  readonly callerCluster: string;
  readonly calledCluster: string;
  /** Those that would federate: a cluster above stands for those nested under it. */
  readonly between: readonly [string, string];
  /** Whether they did. */
  readonly ended: boolean;
}
