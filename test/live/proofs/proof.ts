/** Says what a proof is, and runs a list of them. */
import type { Progress } from '../report/progress';
import type { ProofResult } from '../report/report';
import type { Stage } from '../stage';

export interface Proof {
  /** A sentence, outcome first. */
  readonly name: string;
  /** What was seen; throws when it is not so. */
  readonly prove: (stage: Stage) => Promise<string>;
  /** Logs that tell why, should it fail. @default - those of SPIRE and Istio */
  readonly logs?: readonly LogSource[];
}

/** Pods whose logs belong to a failure. */
export interface LogSource {
  readonly cluster: string;
  readonly namespace: string;
  /** As kubectl logs takes it, such as `statefulset/spire-server`. */
  readonly workload: string;
}

/** Runs every proof, also after one has failed: what holds all the same narrows the fault down. */
export async function runProofs(
  proofs: readonly Proof[],
  stage: Stage,
  progress: Progress,
): Promise<readonly ProofResult[]> {
  const results: ProofResult[] = [];
  for (const { name, prove, logs } of proofs) {
    const start = Date.now();
    const took = (): number => (Date.now() - start) / 1000;
    try {
      const observed = await prove(stage);
      results.push({ name, passed: true, seconds: took(), observed });
      progress.say(`passed  ${name}: ${observed}`);
    } catch (error) {
      const failure = reasonOf(error);
      results.push({ name, passed: false, seconds: took(), failure });
      progress.say(`FAILED  ${name}: ${failure}`);
      for (const source of logs ?? stage.defaultLogs()) progress.say(await stage.logsOf(source));
    }
  }
  return results;
}

/** The message of an error and of what caused it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `; ${reasonOf(error.cause)}`;
  return `${error.message}${cause}`;
}

/** Fails with what was expected and what was seen. */
export function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
