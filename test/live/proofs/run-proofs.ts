/** Runs proofs one after the other, each within its time, and keeps what shows why one failed. */
import type { Progress } from '../report/progress';
import type { ProofResult } from '../report/report';
import type { Stage } from '../stage';
import type { Proof } from './proof';

/** Longer than nearly any proof takes, in seconds. */
const DEADLINE = 480;

export interface ProofRun {
  readonly progress: Progress;
  /** Keeps logs and states of a failure; where they are, in words. */
  readonly keepEvidence: (proof: string) => Promise<string>;
}

/** Runs every proof, also after one has failed: what holds all the same narrows the fault down. */
export async function runProofs(
  proofs: readonly Proof[],
  stage: Stage,
  { progress, keepEvidence }: ProofRun,
): Promise<readonly ProofResult[]> {
  const results: ProofResult[] = [];
  for (const { name, prove, changesFleet = false, offline = false, deadline = DEADLINE } of proofs) {
    const start = Date.now();
    const took = (): number => (Date.now() - start) / 1000;
    try {
      const observed = await inTime(prove(stage), deadline);
      results.push({ name, status: 'passed', seconds: took(), detail: observed });
      progress.say(`passed  ${name}: ${observed}`);
    } catch (error) {
      const detail = reasonOf(error);
      results.push({ name, status: 'failed', seconds: took(), detail });
      progress.say(`FAILED  ${name}: ${detail}`);
      if (!offline) progress.say(await keepEvidence(name));
      if (changesFleet) await putBack(stage, progress);
    }
  }
  return results;
}

async function inTime(proof: Promise<string>, deadline: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not done in ${deadline} s`)), deadline * 1000);
  });
  try {
    return await Promise.race([proof, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The proofs that follow look at the fleet as it was. */
async function putBack(stage: Stage, progress: Progress): Promise<void> {
  try {
    stage.fleet.restore();
    await stage.applyAll();
  } catch (error) {
    progress.say(`the fleet could not be put back: ${reasonOf(error)}`);
  }
}

/** The message of an error and of what caused it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const causes = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  return [error.message, ...causes.map(reasonOf)].join('; ');
}
