/** The types of what a run found out. */
import type { MadeImage } from '../images/make-images';

export interface ProofResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What was seen, when it passed. */
  readonly observed?: string;
  /** What went wrong, when it did not. */
  readonly failure?: string;
}

/** A stretch of the run, such as building. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

export interface LiveReport {
  readonly versions: Readonly<Record<string, string>>;
  readonly images: readonly MadeImage[];
  /** Settings of Istio that the harness adds, and why. */
  readonly forcedSettings: Readonly<Record<string, string | boolean>>;
  readonly phases: readonly Phase[];
  readonly proofs: readonly ProofResult[];
  /** Most memory that everything together held, in MB; absent where the kernel does not count it. */
  readonly peakMemory?: number;
}
