/** Knows which clusters federate: expands the fleet's groups and hubs into pairs. */
import type { Fleet, FleetFederation } from '../fleet/schema';
import { suggest } from '../fleet/suggest';
import type { FleetPath, Report } from '../problems/problem';
import { problemAt, problemAtKey } from '../problems/problem';

/** One pair, with the place in the fleet that declared it. */
export interface FederationPair {
  readonly ends: readonly [string, string];
  readonly place: FleetPath;
}

export class FederationGraph {
  /** Whether some federation names a cluster that does not exist. */
  hasUnknownEnds = false;
  private readonly pairs = new Map<string, FederationPair>();
  private readonly peers = new Map<string, Set<string>>();

  constructor(fleet: Fleet, report: Report) {
    const noticing: Report = (problem) => {
      this.hasUnknownEnds ||= problem.code === 'unknown-cluster';
      report(problem);
    };
    const clusters = new Set(Object.keys(fleet.clusters));
    for (const [index, federation] of (fleet.federation ?? []).entries()) {
      this.expand(federation, ['federation', index], clusters, noticing);
    }
  }

  /** All pairs, each once, sorted by the names of their ends. */
  links(): readonly FederationPair[] {
    return [...this.pairs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
  }

  has(one: string, other: string): boolean {
    return this.pairs.has(keyOf(one, other));
  }

  /** Clusters that federate with this one, sorted by name. */
  peersOf(cluster: string): readonly string[] {
    return [...(this.peers.get(cluster) ?? [])].sort();
  }

  private expand(federation: FleetFederation, place: FleetPath, clusters: ReadonlySet<string>, report: Report): void {
    const { between, hub, spokes } = federation;
    if (between !== undefined) {
      if (hub !== undefined || spokes !== undefined) {
        const given = ['between', ...(hub === undefined ? ['spokes'] : ['hub'])];
        report(problemAt(place, 'exclusive-keys', { keys: ['between', 'hub'], given }));
        return;
      }
      if (between.length < 2) {
        report(
          problemAtKey([...place, 'between'], 'out-of-range', {
            expected: 'at least 2 clusters',
            got: String(between.length),
          }),
        );
        return;
      }
      this.expandGroup(between, [...place, 'between'], clusters, report);
      return;
    }
    if (hub === undefined && spokes === undefined) {
      report(problemAt(place, 'exclusive-keys', { keys: ['between', 'hub'], given: [] }));
      return;
    }
    if (hub === undefined || spokes === undefined) {
      report(problemAt(place, 'missing-key', { key: hub === undefined ? 'hub' : 'spokes', of: 'a federation' }));
      return;
    }
    this.expandHub(hub, spokes, place, clusters, report);
  }

  private expandGroup(group: readonly string[], place: FleetPath, clusters: ReadonlySet<string>, report: Report): void {
    const [one = '', other] = group;
    if (group.length === 2 && one === other) {
      report(problemAt([...place, 1], 'self-federation', { cluster: one }));
      return;
    }
    const members = knownMembers(membersOf(group, place), clusters, report);
    for (const [index, first] of members.entries()) {
      for (const second of members.slice(index + 1)) {
        this.add(first.name, second.name, second.place);
      }
    }
  }

  private expandHub(
    hub: string,
    spokes: readonly string[],
    place: FleetPath,
    clusters: ReadonlySet<string>,
    report: Report,
  ): void {
    const [centre] = knownMembers([{ name: hub, place: [...place, 'hub'] }], clusters, report);
    for (const spoke of knownMembers(membersOf(spokes, [...place, 'spokes']), clusters, report)) {
      if (spoke.name === hub) {
        report(problemAt(spoke.place, 'self-federation', { cluster: hub }));
      } else if (centre !== undefined) {
        this.add(hub, spoke.name, spoke.place);
      }
    }
  }

  private addPeer(cluster: string, peer: string): void {
    const peers = this.peers.get(cluster) ?? new Set();
    this.peers.set(cluster, peers.add(peer));
  }

  private add(one: string, other: string, place: FleetPath): void {
    const key = keyOf(one, other);
    if (!this.pairs.has(key)) {
      this.pairs.set(key, { ends: one < other ? [one, other] : [other, one], place });
      this.addPeer(one, other);
      this.addPeer(other, one);
    }
  }
}

interface Member {
  readonly name: string;
  readonly place: FleetPath;
}

function membersOf(names: readonly string[], place: FleetPath): readonly Member[] {
  return names.map((name, index) => ({ name, place: [...place, index] }));
}

/** Members that are clusters of the fleet, each once. */
function knownMembers(members: readonly Member[], clusters: ReadonlySet<string>, report: Report): readonly Member[] {
  const known = new Map<string, Member>();
  for (const { name, place } of members) {
    const first = known.get(name);
    if (first !== undefined) {
      report(problemAt(place, 'listed-twice', { got: name, first: first.place }));
    } else if (!clusters.has(name)) {
      const names = [...clusters].sort();
      const facts = { got: name, clusters: names, suggestion: suggest(name, names) };
      report(problemAt(place, 'unknown-cluster', facts));
    } else {
      known.set(name, { name, place });
    }
  }
  return [...known.values()];
}

// "/" is in no cluster name.
function keyOf(one: string, other: string): string {
  return one < other ? `${one}/${other}` : `${other}/${one}`;
}
