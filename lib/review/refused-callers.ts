/** Finds callers that a new or stricter policy refuses, also for calls that the fleet does not declare: they may have worked before. */
import { explainCall } from '../explain/call';
import { tryFindCallEndpoint } from '../explain/call-endpoints';
import { type MutualTlsSpec, takesPlainText } from '../model/istio/plain-text';
import { ISTIO } from '../model/names';
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';
import type { Change, Item } from './change';
import { valueAt } from './rules/risk-rule';

export interface RefusedCaller {
  /** Name of a workload, or a description of pods that belong to no workload. */
  readonly caller: string;
  readonly called: string;
}

/**
 * Checks the changed objects of clusters that already had a mesh.
 * - A new AuthorizationPolicy for pods that may be running refuses every caller in the cluster that it does not allow.
 * - A PeerAuthentication that newly requires mutual TLS refuses callers without a proxy.
 */
export function findRefusedCallers(
  changes: readonly Change[],
  base: ResolvedFleet,
  target: ResolvedFleet,
): readonly RefusedCaller[] {
  const had = new Map(base.clusters.filter(({ istio }) => istio !== undefined).map((one) => [one.name, one]));
  return changes.flatMap((change): readonly RefusedCaller[] => {
    const before = had.get(change.item.cluster);
    const after = target.clusters.find(({ name }) => name === change.item.cluster);
    if (before === undefined || after === undefined) return [];
    if (change.item.kind === 'PeerAuthentication') return withoutProxy(change, after);
    return change.item.kind === 'AuthorizationPolicy' && change.action === 'added'
      ? withProxy(change.item, before, { cluster: after, target })
      : [];
  });
}

function withoutProxy(change: Change, { name }: ResolvedCluster): readonly RefusedCaller[] {
  const { item, before, after } = change;
  const selects = valueAt(item, 'spec', 'selector') !== undefined;
  // Without a PeerAuthentication, Istio accepts plain text. Without one for a selector, that of the mesh applies.
  const did = before === undefined ? !selects : takesPlainText(specOf(before));
  if (!did || (after !== undefined && takesPlainText(specOf(after)))) return [];
  const ofMesh = !selects && item.namespace === ISTIO.namespace;
  const called = selects
    ? `pods of PeerAuthentication ${item.namespace}/${item.name} in ${name}`
    : ofMesh
      ? `every pod of the mesh of ${name}`
      : `pods of the mesh in namespace ${item.namespace} of ${name}`;
  return [{ caller: `pods of ${name} without a proxy`, called }];
}

const specOf = (item: Item): MutualTlsSpec => (valueAt(item, 'spec') ?? {}) as MutualTlsSpec;

function withProxy(
  { namespace, name }: Item,
  before: ResolvedCluster,
  { cluster, target }: { readonly cluster: ResolvedCluster; readonly target: ResolvedFleet },
): readonly RefusedCaller[] {
  const called = cluster.workloads.find(
    (workload) => workload.namespace === namespace && workload.access.some((access) => access.name === name),
  );
  if (called === undefined || !mayHaveRun(called, before)) return [];
  const refused = before.workloads
    .map((workload) => workload.name)
    .filter((caller) => caller !== called.name && isRefused(target, caller, called.name));
  return [...refused, `other pods of ${cluster.name}`].map((caller) => ({ caller, called: called.name }));
}

/** Pods that the fleet does not deploy may have run before the fleet mentioned them. */
function mayHaveRun({ name, expectedPods }: ResolvedWorkload, before: ResolvedCluster): boolean {
  return expectedPods !== undefined || before.workloads.some((workload) => workload.name === name);
}

function isRefused(target: ResolvedFleet, caller: string, called: string): boolean {
  const [from, to] = [tryFindCallEndpoint(target, caller), tryFindCallEndpoint(target, called)];
  return from !== undefined && to !== undefined && explainCall(target, from, to).verdict === 'refused';
}
