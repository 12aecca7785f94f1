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
  private readonly pairs = new Map<string, FederationPair>();

  constructor(fleet: Fleet, report: Report) {
    for (const [index, federation] of (fleet.federation ?? []).entries()) {
      this.expand(federation, ['federation', index], Object.keys(fleet.clusters), report);
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
    return this.links()
      .filter(({ ends }) => ends.includes(cluster))
      .map(({ ends }) => (ends[0] === cluster ? ends[1] : ends[0]))
      .sort();
  }

  private expand(federation: FleetFederation, place: FleetPath, clusters: readonly string[], report: Report): void {
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

  private expandGroup(group: readonly string[], place: FleetPath, clusters: readonly string[], report: Report): void {
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
    clusters: readonly string[],
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

  private add(one: string, other: string, place: FleetPath): void {
    const key = keyOf(one, other);
    if (!this.pairs.has(key)) {
      this.pairs.set(key, { ends: one < other ? [one, other] : [other, one], place });
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
function knownMembers(members: readonly Member[], clusters: readonly string[], report: Report): readonly Member[] {
  const known: Member[] = [];
  for (const { name, place } of members) {
    const first = known.find((member) => member.name === name);
    if (first !== undefined) {
      report(problemAt(place, 'listed-twice', { got: name, first: first.place }));
    } else if (!clusters.includes(name)) {
      const facts = { got: name, clusters: [...clusters].sort(), suggestion: suggest(name, clusters) };
      report(problemAt(place, 'unknown-cluster', facts));
    } else {
      known.push({ name, place });
    }
  }
  return known;
}

// "/" is in no cluster name.
function keyOf(one: string, other: string): string {
  return one < other ? `${one}/${other}` : `${other}/${one}`;
}
