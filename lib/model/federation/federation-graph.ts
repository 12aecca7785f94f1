/** Who trusts whom: expands the fleet's groups, hubs and one-way trusts into edges between clusters and partners. */
import type { Fleet, FleetFederation } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import { upperOf } from '../spire/nesting';
import { formOf } from './federation-form';

/** Two members that trust each other, and the place in the fleet that declares it. */
export interface FederationPair {
  readonly ends: readonly [string, string];
  readonly place: FleetPath;
}

/** One member trusts another, which does not trust it. */
export interface OneWayTrust {
  readonly trusting: string;
  readonly trusted: string;
  readonly place: FleetPath;
}

/** A member that a federation must not name here. */
export interface MisplacedMember {
  readonly cluster: string;
  readonly place: FleetPath;
}

/** Trust with the place that ends it and the place that declares it. */
export interface EndedYetDeclared extends OneWayTrust {
  readonly declared: FleetPath;
}

/**
 * A directed graph of trust. Its nodes ("ends") are clusters and partners, which share one namespace. A nested cluster has
 * the edges of the cluster above it.
 */
export class FederationGraph {
  /** Whether some federation names an end that does not exist. */
  hasUnknownEnds = false;
  /** Trusting end → trusted end → first place that declares the trust. */
  private readonly trust = new Map<string, Map<string, FleetPath>>();
  /** The reverse edges: trusted end → trusting ends. */
  private readonly trusting = new Map<string, Set<string>>();
  /** Trusting end → formerly trusted end → first place that declares the end of the trust. */
  private readonly ended = new Map<string, Map<string, FleetPath>>();
  private readonly selves: MisplacedMember[] = [];
  private readonly nested: MisplacedMember[] = [];
  private readonly clusters: ReadonlySet<string>;
  private readonly partners: ReadonlySet<string>;
  /** Finds the cluster that federates on behalf of a nested one. */
  private readonly upper: (end: string) => string;

  constructor(fleet: Fleet, report: Report) {
    this.upper = (end) => upperOf(fleet, end);
    this.clusters = new Set(Object.keys(fleet.clusters));
    this.partners = new Set(Object.keys(fleet.partners ?? {}));
    const noticing: Report = (problem) => {
      this.hasUnknownEnds ||= problem.code === 'unknown-cluster';
      report(problem);
    };
    for (const [index, federation] of (fleet.federation ?? []).entries()) {
      this.expand(federation, ['federation', index], noticing);
    }
  }

  /** All pairs of ends that trust each other, each pair once, sorted by the names of the ends. */
  links(): readonly FederationPair[] {
    return this.edges().flatMap(({ trusting, trusted, place }) =>
      trusting < trusted && this.trusts(trusted, trusting) ? [{ ends: [trusting, trusted] as const, place }] : [],
    );
  }

  /** All edges without a reverse edge, sorted. */
  oneWay(): readonly OneWayTrust[] {
    return this.edges().filter(({ trusting, trusted }) => !this.trusts(trusted, trusting));
  }

  /** From the trusting to the trusted to the place that declares it first; nested clusters are not in it. */
  placesOfTrust(): ReadonlyMap<string, ReadonlyMap<string, FleetPath>> {
    return this.trust;
  }

  /** The place that declares the trust. */
  placeOf(trusting: string, trusted: string): FleetPath {
    return this.trust.get(this.upper(trusting))?.get(this.upper(trusted)) ?? ['federation'];
  }

  /** Whether both can verify each other: they share a trust domain, or trust each other. */
  has(one: string, other: string): boolean {
    return (
      (one !== other && this.upper(one) === this.upper(other)) || (this.trusts(one, other) && this.trusts(other, one))
    );
  }

  /** The end that federates for this one: itself, or the cluster above it. */
  standsFor(end: string): string {
    return this.upper(end);
  }

  /** Ends whose bundles this end holds, sorted. */
  peersOf(end: string): readonly string[] {
    return [...(this.trust.get(this.upper(end))?.keys() ?? [])].sort();
  }

  /** Ends that poll this end, sorted. Clusters nested under those ends poll it as well. */
  trustedBy(end: string): readonly string[] {
    return [...(this.trusting.get(end) ?? [])].sort();
  }

  /** Whether the fleet declares that trust between the two has ended, in either direction. */
  hasEnded(one: string, other: string): boolean {
    return this.endedWith(one).includes(this.upper(other)) || this.endedWith(other).includes(this.upper(one));
  }

  /** Ends that this end no longer trusts, as the fleet declares, sorted. */
  endedWith(end: string): readonly string[] {
    return [...(this.ended.get(this.upper(end))?.keys() ?? [])].filter((other) => !this.trusts(end, other)).sort();
  }

  /** Trust that one entry ends and another entry still declares; each pair once, sorted. */
  endedYetDeclared(): readonly EndedYetDeclared[] {
    return [...this.ended.entries()]
      .flatMap(([trusting, all]) => [...all.entries()].map(([trusted, place]) => ({ trusting, trusted, place })))
      .filter(({ trusting, trusted }) => this.trusts(trusting, trusted))
      .filter(
        ({ trusting, trusted }) =>
          trusting < trusted || !this.ended.get(trusted)?.has(trusting) || !this.trusts(trusted, trusting),
      )
      .sort((a, b) => compare(a.trusting, b.trusting) || compare(a.trusted, b.trusted))
      .map((ended) => ({ ...ended, declared: this.placeOf(ended.trusting, ended.trusted) }));
  }

  /** Members that a federation pairs with themselves, as they are written. */
  selfFederations(): readonly MisplacedMember[] {
    return this.selves;
  }

  /** Members that are nested clusters. Their edges are left out. */
  nestedMembers(): readonly MisplacedMember[] {
    return this.nested;
  }

  private trusts(trusting: string, trusted: string): boolean {
    return this.trust.get(this.upper(trusting))?.has(this.upper(trusted)) ?? false;
  }

  private edges(): readonly OneWayTrust[] {
    return [...this.trust.entries()]
      .flatMap(([trusting, all]) => [...all.entries()].map(([trusted, place]) => ({ trusting, trusted, place })))
      .sort((a, b) => compare(a.trusting, b.trusting) || compare(a.trusted, b.trusted));
  }

  private expand(federation: FleetFederation, place: FleetPath, report: Report): void {
    const form = formOf(federation, place, report);
    if (form === undefined) {
      return;
    }
    const add = (trusting: string, trusted: string, at: FleetPath): void =>
      federation.ended === true ? this.addEnded(trusting, trusted, at) : this.addTrust(trusting, trusted, at);
    switch (form.kind) {
      case 'group':
        this.expandGroup(form.members, [...place, 'between'], add, report);
        return;
      case 'hub':
        this.expandStar(
          { centre: form.hub, rays: form.spokes, place, keys: ['hub', 'spokes'] },
          report,
          (hub, spoke, at) => {
            add(hub, spoke, at);
            add(spoke, hub, at);
          },
        );
        return;
      case 'one-way':
        this.expandStar(
          { centre: form.trusting, rays: form.trusted, place, keys: ['trusting', 'trusted'] },
          report,
          add,
        );
    }
  }

  private expandGroup(group: readonly string[], place: FleetPath, add: AddEdge, report: Report): void {
    const [one = '', other] = group;
    if (group.length === 2 && one === other) {
      this.selves.push({ cluster: one, place: [...place, 1] });
      return;
    }
    const members = this.knownMembers(membersOf(group, place), report);
    for (const [index, first] of members.entries()) {
      for (const second of members.slice(index + 1)) {
        add(first.name, second.name, second.place);
        add(second.name, first.name, second.place);
      }
    }
  }

  private expandStar({ centre, rays, place, keys }: Star, report: Report, add: AddEdge): void {
    const [centreKey, raysKey] = keys;
    const [middle] = this.knownMembers([{ name: centre, place: [...place, centreKey] }], report);
    for (const ray of this.knownMembers(membersOf(rays, [...place, raysKey]), report)) {
      if (ray.name === centre) {
        this.selves.push({ cluster: centre, place: ray.place });
      } else if (middle !== undefined) {
        add(centre, ray.name, ray.place);
      }
    }
  }

  /** Ignores trust between two partners, which the fleet does not manage. */
  private addTrust(trusting: string, trusted: string, place: FleetPath): void {
    if (this.partners.has(trusting) && this.partners.has(trusted)) return;
    const known = this.trust.get(trusting) ?? new Map<string, FleetPath>();
    if (!known.has(trusted)) known.set(trusted, place);
    this.trust.set(trusting, known);
    this.trusting.set(trusted, (this.trusting.get(trusted) ?? new Set()).add(trusting));
  }

  private addEnded(trusting: string, trusted: string, place: FleetPath): void {
    const known = this.ended.get(trusting) ?? new Map<string, FleetPath>();
    if (!known.has(trusted)) known.set(trusted, place);
    this.ended.set(trusting, known);
  }

  /** The members that can federate, without repeats. Reports those that do not exist, and repeats. */
  private knownMembers(members: readonly Member[], report: Report): readonly Member[] {
    const known = new Map<string, Member>();
    for (const { name, place } of members) {
      const first = known.get(name);
      if (first !== undefined) {
        report(problemAt(place, 'listed-twice', { got: name, first: first.place }));
      } else if (!this.clusters.has(name) && !this.partners.has(name)) {
        const [clusters, partners] = [[...this.clusters].sort(), [...this.partners].sort()];
        const suggestion = suggest(name, [...clusters, ...partners]);
        report(problemAt(place, 'unknown-cluster', { got: name, clusters, partners, suggestion }));
      } else if (this.upper(name) !== name) {
        this.nested.push({ cluster: name, place });
      } else {
        known.set(name, { name, place });
      }
    }
    return [...known.values()];
  }
}

type AddEdge = (trusting: string, trusted: string, place: FleetPath) => void;

interface Member {
  readonly name: string;
  readonly place: FleetPath;
}

interface Star {
  readonly centre: string;
  readonly rays: readonly string[];
  readonly place: FleetPath;
  /** The keys of the two sides, such as `hub` and `spokes`. */
  readonly keys: readonly [string, string];
}

function membersOf(names: readonly string[], place: FleetPath): readonly Member[] {
  return names.map((name, index) => ({ name, place: [...place, index] }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
