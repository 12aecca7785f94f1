/** Resolves the declared calls that can work, and whether they go through a gateway. */
import type { Fleet } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import type { FederationGraph } from '../federation/federation-graph';
import { callWithoutFederation } from '../rules/call-without-federation';
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
      return called !== undefined && isReachable({ caller, called, place }, fleet, graph, report)
        ? [{ caller, called, remote: caller.cluster !== called.cluster }]
        : [];
    }),
  );
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

/** A call as the fleet declares it, between workloads that exist. */
export interface DeclaredCall {
  readonly caller: WorkloadDraft;
  readonly called: WorkloadDraft;
  readonly place: FleetPath;
}

function isReachable(call: DeclaredCall, fleet: Fleet, graph: FederationGraph, report: Report): boolean {
  const { caller, called, place } = call;
  // The fleet knows nothing of the pods and Services behind a partner's gateway.
  const isPartner = called.kind === 'partner';
  if (!isPartner && called.entry === undefined) {
    reportMissingService(call, report);
    return false;
  }
  if (caller.cluster === called.cluster) {
    return true;
  }
  const unfederated = callWithoutFederation.problemOf({ ...call, graph });
  if (unfederated !== undefined) {
    // The federation can exist under a misspelt name, which is reported already.
    if (!graph.hasUnknownEnds) report(unfederated);
    return false;
  }
  const section = isPartner ? 'partners' : 'clusters';
  const withoutGateway = (possible: boolean): void =>
    report(
      problemAt(place, 'call-without-gateway', {
        called: called.name,
        cluster: called.cluster,
        clusterAt: [section, called.cluster],
        possible,
      }),
    );
  if (!isPartner && !called.proxied) {
    withoutGateway(false);
    return false;
  }
  if (called.written.host === undefined) {
    report(problemAt(place, 'call-without-host', { called: called.name, caller: caller.name, declared: called.place }));
    return false;
  }
  if (fleet[section]?.[called.cluster]?.gateway === undefined) {
    withoutGateway(true);
    return false;
  }
  return true;
}

function reportMissingService({ called, place }: DeclaredCall, report: Report): void {
  const { host, port, service } = called.written;
  const isPreset = called.kind === 'preset';
  // An incomplete entry is a fault of the called workload, and is reported there.
  if (!isPreset && (host ?? port ?? service) !== undefined) return;
  report(problemAt(place, 'call-without-service', { called: called.name, preset: isPreset, declared: called.place }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
