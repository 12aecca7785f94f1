/** Resolves the declared calls that can work, and whether they go through a gateway. */
import type { Fleet } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import type { FleetPath, ProblemFacts, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import type { FederationGraph } from '../federation/federation-graph';
import { istioSpiffeId } from '../spire/spiffe-id';
import type { WorkloadDraft } from './resolve-workloads';

/** A call whose way is complete. */
export interface CallDraft {
  readonly caller: WorkloadDraft;
  readonly called: WorkloadDraft;
  /** Whether it leaves the caller's cluster, and so goes through the gateway of the other. */
  readonly remote: boolean;
}

/** All calls that can work, in the order of callers and called. */
export function resolveCalls(
  fleet: Fleet,
  drafts: readonly WorkloadDraft[],
  graph: FederationGraph,
  report: Report,
): readonly CallDraft[] {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const calls = drafts.flatMap((caller) =>
    (caller.written.calls ?? []).flatMap((name, index) => {
      const place = [...caller.place, 'calls', index];
      const called = findCalled(fleet, caller, name, byName, place, report);
      return called !== undefined && isReachable(fleet, caller, called, graph, place, report)
        ? [{ caller, called, remote: caller.cluster !== called.cluster }]
        : [];
    }),
  );
  checkIstioIdentities(calls, report);
  return calls.sort((a, b) => compare(a.caller.name, b.caller.name) || compare(a.called.name, b.called.name));
}

function findCalled(
  fleet: Fleet,
  caller: WorkloadDraft,
  name: string,
  byName: ReadonlyMap<string, WorkloadDraft>,
  place: FleetPath,
  report: Report,
): WorkloadDraft | undefined {
  const first = (caller.written.calls ?? []).indexOf(name);
  if (first !== place.at(-1)) {
    report(problemAt(place, 'listed-twice', { got: name, first: [...place.slice(0, -1), first] }));
    return undefined;
  }
  if (name === caller.name) {
    report(problemAt(place, 'self-call', { workload: name }));
    return undefined;
  }
  // A workload that exists but is faulty has its own problem.
  if (!Object.hasOwn(fleet.workloads ?? {}, name)) {
    const workloads = Object.keys(fleet.workloads ?? {}).sort();
    report(problemAt(place, 'unknown-workload', { got: name, workloads, suggestion: suggest(name, workloads) }));
  }
  return byName.get(name);
}

function isReachable(
  fleet: Fleet,
  caller: WorkloadDraft,
  called: WorkloadDraft,
  graph: FederationGraph,
  place: FleetPath,
  report: Report,
): boolean {
  if (called.kind === 'partner') {
    return isPartnerReachable(fleet, caller, called, graph, place, report);
  }
  if (called.entry === undefined) {
    const { host, port, service } = called.written;
    // An incomplete entry is a fault of the called workload, and is reported there.
    if (called.kind !== 'preset' && (host ?? port ?? service) !== undefined) {
      return false;
    }
    report(
      problemAt(place, 'call-without-service', {
        called: called.name,
        preset: called.kind === 'preset',
        declared: called.place,
      }),
    );
    return false;
  }
  if (caller.cluster === called.cluster) {
    return true;
  }
  if (!graph.has(caller.cluster, called.cluster)) {
    // The federation can exist under a misspelt name, which is reported already.
    if (graph.hasUnknownEnds) {
      return false;
    }
    report(
      problemAt(place, 'call-without-federation', {
        caller: caller.name,
        called: called.name,
        callerCluster: caller.cluster,
        calledCluster: called.cluster,
        between: [graph.standsFor(caller.cluster), graph.standsFor(called.cluster)],
        ended: graph.hasEnded(caller.cluster, called.cluster),
      }),
    );
    return false;
  }
  if (!called.proxied) {
    report(problemAt(place, 'call-without-gateway', withoutGateway(called, 'clusters', false)));
    return false;
  }
  if (called.written.host === undefined) {
    report(problemAt(place, 'call-without-host', { called: called.name, caller: caller.name, declared: called.place }));
    return false;
  }
  if (fleet.clusters[called.cluster]?.gateway === undefined) {
    report(problemAt(place, 'call-without-gateway', withoutGateway(called, 'clusters', true)));
    return false;
  }
  return true;
}

function withoutGateway(
  { name, cluster }: WorkloadDraft,
  section: 'clusters' | 'partners',
  possible: boolean,
): ProblemFacts['call-without-gateway'] {
  return { called: name, cluster, clusterAt: [section, cluster], possible };
}

/** A partner is reached through its gateway, by a host name; how the workload stands behind it is not ours to know. */
function isPartnerReachable(
  fleet: Fleet,
  caller: WorkloadDraft,
  called: WorkloadDraft,
  graph: FederationGraph,
  place: FleetPath,
  report: Report,
): boolean {
  const [one, other] = [caller.cluster, called.cluster];
  if (!graph.has(one, other)) {
    if (!graph.hasUnknownEnds) {
      const between = [graph.standsFor(one), other] as const;
      const ended = graph.hasEnded(one, other);
      const facts = {
        caller: caller.name,
        called: called.name,
        callerCluster: one,
        calledCluster: other,
        between,
        ended,
      };
      report(problemAt(place, 'call-without-federation', facts));
    }
    return false;
  }
  if (called.written.host === undefined) {
    report(problemAt(place, 'call-without-host', { called: called.name, caller: caller.name, declared: called.place }));
    return false;
  }
  if (fleet.partners?.[other]?.gateway === undefined) {
    report(problemAt(place, 'call-without-gateway', withoutGateway(called, 'partners', true)));
    return false;
  }
  return true;
}

/** Inside a mesh Istio verifies servers by a SPIFFE ID of its own form; a called workload cannot choose another. */
function checkIstioIdentities(calls: readonly CallDraft[], report: Report): void {
  const called = new Map(calls.map((call) => [call.called.name, call.called]));
  for (const draft of called.values()) {
    if (!draft.proxied) continue;
    const wanted = istioSpiffeId(draft.trustDomain, draft.namespace, draft.serviceAccount);
    // A SPIFFE ID of another trust domain is reported already.
    const own = draft.spiffeId.startsWith(`spiffe://${draft.trustDomain}/`);
    if (own && draft.spiffeId !== wanted) {
      report(
        problemAt([...draft.place, 'spiffeId'], 'spiffe-id-not-istio', {
          spiffeId: draft.spiffeId,
          wanted,
          workload: draft.name,
        }),
      );
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
