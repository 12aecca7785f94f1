/** A trial PKI in one call. */
import { makeIntermediate, makeRoot } from '../lib/trial-pki/trial-pki';

export interface TrialCa {
  readonly root: string;
  readonly rootKey: string;
  readonly intermediate: string;
  readonly intermediateKey: string;
}

export async function makeTrialCa(trustDomain: string, now: Date): Promise<TrialCa> {
  const root = await makeRoot({ trustDomain, now, years: 10 });
  const intermediate = await makeIntermediate({ trustDomain, now, days: 365, root });
  return {
    root: root.certificate,
    rootKey: root.key,
    intermediate: intermediate.certificate,
    intermediateKey: intermediate.key,
  };
}
