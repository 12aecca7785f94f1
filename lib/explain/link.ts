/** Says what a link of the chain between two workloads is, and what the whole chain comes to. */
import type { FleetPath } from '../problems/problem';

/** Names a link; machines read it, wording may change. */
export type LinkName =
  | 'caller-identity'
  | 'called-identity'
  | 'service'
  | 'federation'
  | 'caller-bundle'
  | 'called-bundle'
  | 'host'
  | 'gateway'
  | 'call'
  | 'caller-federates'
  | 'gateway-federates'
  | 'proxy'
  | 'route'
  | 'admission'
  | 'policy';

export interface Link {
  readonly name: LinkName;
  /** `elsewhere`: whether it holds is decided by somebody else, such as a program or a partner. */
  readonly status: 'holds' | 'missing' | 'elsewhere';
  readonly says: string;
  /** What of the fleet it is made of. */
  readonly place?: FleetPath;
  /** Path below the output folder of the manifest that makes it so. */
  readonly file?: string;
  /** What to do, where it is missing. */
  readonly remedy?: string;
}

/** `open`: nothing of the fleet stands in the way, and somebody else has the last word. */
export type Verdict = 'allowed' | 'refused' | 'open';

export interface CallExplanation {
  readonly caller: string;
  readonly callerHome: string;
  readonly called: string;
  readonly calledHome: string;
  readonly verdict: Verdict;
  /** From the caller to the called, up to the first that is missing. */
  readonly links: readonly Link[];
}

/** Cuts a chain after its first missing link and says what it comes to. */
export function concludeCall(
  endpoints: Pick<CallExplanation, 'caller' | 'callerHome' | 'called' | 'calledHome'>,
  chain: readonly Link[],
): CallExplanation {
  const broken = chain.findIndex(({ status }) => status === 'missing');
  const links = broken < 0 ? chain : chain.slice(0, broken + 1);
  const open = links.some(({ name, status }) => (name === 'policy' || name === 'admission') && status === 'elsewhere');
  return { ...endpoints, verdict: broken >= 0 ? 'refused' : open ? 'open' : 'allowed', links };
}
