/** What the fleet file declares about trust, calls and nesting, and where. Explanations point to these places. */
import type { FleetPath } from '../problems/problem';
import type { FleetDraft } from './fleet-draft';

export interface FleetDeclarations {
  /** From the trusting to the trusted to the place that declares it first. Nested clusters are not in it: see `nestedUnder`. */
  readonly trust: ReadonlyMap<string, ReadonlyMap<string, FleetPath>>;
  /** From a caller to the workloads in its list of calls, in that order. Includes calls that have a problem. */
  readonly calls: ReadonlyMap<string, readonly string[]>;
  /** From a nested cluster to the cluster above it, which federates for it. */
  readonly nestedUnder: ReadonlyMap<string, string>;
}

export function declarationsOf({ written, graph }: Pick<FleetDraft, 'written' | 'graph'>): FleetDeclarations {
  return {
    trust: graph.placesOfTrust(),
    calls: new Map(Object.entries(written.workloads ?? {}).map(([name, { calls = [] }]) => [name, calls])),
    nestedUnder: new Map(
      Object.keys(written.clusters).flatMap((name) => {
        const upper = graph.standsFor(name);
        return upper === name ? [] : [[name, upper] as const];
      }),
    ),
  };
}
