/** Finds the pairs of workloads whose call `explain` allows in one fleet and not in the other. */
import { explainCall, isGuarded } from '../explain/call';
import { type CallEndpoint, callEndpointNames, tryFindCallEndpoint } from '../explain/call-endpoints';
import type { Verdict } from '../explain/link';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { compareText } from './compare-text';

/** `absent`: a workload of the pair is not in that fleet, or both belong to partners. */
export type PairVerdict = Verdict | 'absent';

export interface PairChange {
  readonly caller: string;
  readonly called: string;
  readonly before: PairVerdict;
  readonly after: PairVerdict;
}

export interface Reachability {
  /** Pairs whose call becomes possible. */
  readonly reachable: readonly PairChange[];
  /** Pairs whose call is no longer possible. */
  readonly unreachable: readonly PairChange[];
  /** Pairs whose call is possible on both sides, but only on one side because the fleet allows it. */
  readonly decidedOtherwise: readonly PairChange[];
}

/**
 * Compares the verdict of each call.
 *
 * Only pairs whose call may be possible are explained, so that the cost does not grow with the square of the workloads.
 * These are declared calls, and undeclared calls that no policy or proxy of the fleet guards: calls inside a cluster to
 * pods that accept plain text or have no proxy, and calls from a workload without a proxy to a partner. All other
 * undeclared calls are refused; a test of `explain` checks that with generated fleets.
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

  /** Pairs whose call may be possible: declared calls, and undeclared calls that nothing in the fleet guards. */
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
