/** The types of a link between two workloads and of the verdict on the whole chain. */
import type { FleetPath } from '../problems/problem';

/** The stable name of a link for programs. The sentences of a link may change. */
export type LinkName =
  | 'caller-identity'
  | 'called-identity'
  | 'caller-ca'
  | 'called-ca'
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
  /** `elsewhere`: a program or a partner decides whether the link holds. */
  readonly status: 'holds' | 'missing' | 'elsewhere';
  readonly says: string;
  /** The place in the fleet that the link is made from. */
  readonly place?: FleetPath;
  /** Path, below the output folder, of the manifest that implements the link. */
  readonly file?: string;
  /** What to do if the link is missing. */
  readonly remedy?: string;
}

/** `open`: the fleet does not refuse the call, and a program or a partner decides. */
export type Verdict = 'allowed' | 'refused' | 'open';

export interface CallExplanation {
  readonly caller: string;
  readonly callerHome: string;
  readonly called: string;
  readonly calledHome: string;
  readonly verdict: Verdict;
  /** Links from the caller to the called workload, up to the first missing one. */
  readonly links: readonly Link[];
}

/** Cuts a chain after its first missing link and adds the verdict. */
export function concludeCall(
  endpoints: Pick<CallExplanation, 'caller' | 'callerHome' | 'called' | 'calledHome'>,
  chain: readonly Link[],
): CallExplanation {
  const broken = chain.findIndex(({ status }) => status === 'missing');
  const links = broken < 0 ? chain : chain.slice(0, broken + 1);
  const open = links.some(({ name, status }) => (name === 'policy' || name === 'admission') && status === 'elsewhere');
  return { ...endpoints, verdict: broken >= 0 ? 'refused' : open ? 'open' : 'allowed', links };
}
