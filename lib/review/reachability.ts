/** Finds the pairs of workloads whose call gets through in one fleet and not in the other, as `explain` judges them. */
import { explainCall, isGuarded } from '../explain/call';
import { type CallEndpoint, callEndpointNames, tryFindCallEndpoint } from '../explain/call-endpoints';
import type { Verdict } from '../explain/link';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { compareText } from './compare-text';

/** `absent`: one of the two is not in that fleet, or both are a partner's. */
export type PairVerdict = Verdict | 'absent';

export interface PairChange {
  readonly caller: string;
  readonly called: string;
  readonly before: PairVerdict;
  readonly after: PairVerdict;
}

export interface Reachability {
  /** Pairs that begin to get through. */
  readonly reachable: readonly PairChange[];
  /** Pairs that no longer do. */
  readonly unreachable: readonly PairChange[];
  /** Pairs that get through on both sides, but where the decision moved between the fleet and somebody else. */
  readonly decidedOtherwise: readonly PairChange[];
}

/**
 * Compares what comes of each call.
 *
 * Only pairs that can get through on one side are asked about, so that the cost does not grow with the square of the
 * workloads. A call that no fleet declares is refused wherever something of the fleet stands in its way, which a test
 * of `explain` holds for generated fleets; nothing does only inside a cluster, in front of pods that take plain text or
 * have no proxy, and between a program without a proxy and a partner. All other undeclared pairs are refused on both sides.
 */
export function reachabilityChanges(base: ResolvedFleet, target: ResolvedFleet): Reachability {
  const [before, after] = [new Verdicts(base), new Verdicts(target)];
  const pairs = new Map([...before.candidates(), ...after.candidates()].map((pair) => [pair.join(' '), pair]));
  const changes = [...pairs.values()]
    .map(([caller, called]) => ({ caller, called, before: before.of(caller, called), after: after.of(caller, called) }))
    .filter((change) => change.before !== change.after)
    .sort((one, other) => compareText(`${one.caller} ${one.called}`, `${other.caller} ${other.called}`));
  return {
    reachable: changes.filter((change) => !getsThrough(change.before) && getsThrough(change.after)),
    unreachable: changes.filter((change) => getsThrough(change.before) && !getsThrough(change.after)),
    decidedOtherwise: changes.filter((change) => getsThrough(change.before) && getsThrough(change.after)),
  };
}

function getsThrough(verdict: PairVerdict): boolean {
  return verdict === 'allowed' || verdict === 'open';
}

type Pair = readonly [caller: string, called: string];

class Verdicts {
  private readonly ends: ReadonlyMap<string, CallEndpoint>;

  constructor(private readonly fleet: ResolvedFleet) {
    this.ends = new Map(
      callEndpointNames(fleet).flatMap((name) => {
        const end = tryFindCallEndpoint(fleet, name);
        return end === undefined ? [] : [[name, end] as const];
      }),
    );
  }

  of(caller: string, called: string): PairVerdict {
    const [from, to] = [this.ends.get(caller), this.ends.get(called)];
    if (from === undefined || to === undefined) return 'absent';
    // Calls between two workloads of partners do not concern the fleet.
    return from.kind === 'partner' && to.kind === 'partner' ? 'absent' : explainCall(this.fleet, from, to).verdict;
  }

  /** Pairs that may get through: what is declared, and what nothing of the fleet stands in the way of. */
  candidates(): readonly Pair[] {
    const declared = this.fleet.calls.map(({ caller, called }): Pair => [caller, called]);
    const ends = [...this.ends.values()];
    const homes = new Map<string, CallEndpoint[]>();
    for (const end of ends) {
      homes.set(end.home, homes.get(end.home) ?? []);
      homes.get(end.home)?.push(end);
    }
    const inside = ends
      .filter((called) => called.kind === 'own' && !isGuarded(called))
      .flatMap((called) => (homes.get(called.home) ?? []).map((caller) => [caller, called] as const));
    const programs = ends.filter((end) => end.kind === 'own' && !end.workload.proxied);
    const outside = ends
      .filter((called) => called.kind === 'partner')
      .flatMap((called) => programs.map((caller) => [caller, called] as const));
    const open = [...inside, ...outside].filter(([caller, called]) => caller !== called);
    return [...declared, ...open.map(([caller, called]): Pair => [caller.name, called.name])];
  }
}
