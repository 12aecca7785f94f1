/** The types of what a run found out. */
import type { MadeImage } from '../images/make-images';

export interface ProofResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  /** What was seen, or what went wrong. */
  readonly detail: string;
}

/** A stretch of the run, such as building. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

/** Something that is not as on a cluster of the real world. */
export interface Deviation {
  readonly what: string;
  readonly why: string;
}

export interface LiveReport {
  /** Commit of the repository, with `+` where files differ from it. */
  readonly commit: string;
  readonly date: string;
  /** Text that the names of the chosen proofs contain; empty when all were chosen. */
  readonly only: string;
  readonly proofs: readonly ProofResult[];
  readonly phases: readonly Phase[];
  /** In MB, over what was in use when the clusters were started, by everything on the machine. */
  readonly peakMemory: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly images: readonly MadeImage[];
  readonly deviations: readonly Deviation[];
}
