/** Drafts a fleet: resolves each part by itself, and checks what the other steps depend on. */
import type { Fleet } from '../fleet/schema';
import type { Report } from '../problems/problem';
import { problemAt, problemAtKey } from '../problems/problem';
import { checkAddresses } from './cluster/address-claims';
import { checkExposures } from './cluster/resolve-exposure';
import { resolveKubelet } from './cluster/resolve-platform';
import { resolveDelivery } from './delivery/resolve-delivery';
import { FederationGraph } from './federation/federation-graph';
import { resolveBundleEndpoint } from './federation/resolve-endpoint';
import { draftPartnerWorkloads } from './federation/resolve-partner-workloads';
import { draftPartners } from './federation/resolve-partners';
import type { ClusterDraft, FleetDraft } from './fleet-draft';
import { resolveIstio, resolveKubernetes } from './istio/resolve-istio';
import { RESERVED_FOLDERS } from './names';
import type { ResolvedSpire, ResolvedTrust } from './resolved-fleet';
import { upperOf } from './spire/nesting';
import { pluginFileReader, type ReadPluginFile } from './spire/plugin-files';
import { checkNesting, resolveServerApi, resolveUpstream } from './spire/resolve-nesting';
import { resolvePlugins } from './spire/resolve-plugins';
import { resolveSpire } from './spire/resolve-spire';
import { type Surroundings, TrustResolver } from './trust/resolve-trust';
import { checkWorkloads } from './workloads/check-workloads';
import { resolveCalls } from './workloads/resolve-calls';
import { draftWorkloads } from './workloads/resolve-workloads';

/** Reports the problems of single parts. Problems between parts are found by the rules. */
export function draftFleet(fleet: Fleet, surroundings: Surroundings, report: Report): FleetDraft {
  checkNames(fleet, report);
  checkGateways(fleet, report);
  checkAddresses(fleet, report);
  checkNesting(fleet, report);
  checkExposures(fleet, report);
  const graph = new FederationGraph(fleet, report);
  const trustResolver = new TrustResolver(fleet, surroundings, report);
  const readFile = pluginFileReader(surroundings, report);
  const clusters = draftClusters(fleet, { trustResolver, readFile }, report);
  const partners = draftPartners(fleet, trustResolver, report);
  const workloads = [...draftWorkloads(fleet, report), ...draftPartnerWorkloads(fleet, partners, report)].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
  checkWorkloads(workloads, fleet, report);
  const calls = resolveCalls(fleet, workloads, graph, report);
  const { now, previous } = surroundings;
  const delivery = resolveDelivery(fleet, report);
  const { refused: refusedRoots } = trustResolver;
  return { written: fleet, graph, clusters, partners, refusedRoots, workloads, calls, delivery, now, previous };
}

interface Readers {
  readonly trustResolver: TrustResolver;
  readonly readFile: ReadPluginFile;
}

function draftClusters(
  fleet: Fleet,
  { trustResolver, readFile }: Readers,
  report: Report,
): ReadonlyMap<string, ClusterDraft> {
  const clusters = new Map<string, ClusterDraft>();
  const spires = new Map(sortedEntries(fleet.clusters).map(([name]) => [name, resolveSpire(fleet, name)]));
  const spireOf = (name: string): ResolvedSpire => spires.get(name) as ResolvedSpire;
  const trusts = new Map<string, ResolvedTrust>();
  for (const [name, written] of sortedEntries(fleet.clusters)) {
    if (written.nestedUnder !== undefined) continue;
    trusts.set(name, trustResolver.resolve(name, written));
  }
  for (const [name, written] of sortedEntries(fleet.clusters)) {
    const kubernetes = resolveKubernetes(fleet, name);
    const spire = spireOf(name);
    const trust = trusts.get(upperOf(fleet, name)) ?? {};
    const nesting = {
      upstream: resolveUpstream(fleet, name, spireOf),
      serverApi: resolveServerApi(fleet, name, trustResolver.resolveNestedRoots(name, written)),
    };
    clusters.set(name, {
      written,
      kubernetes,
      kubelet: resolveKubelet(fleet, name),
      spire,
      istio: resolveIstio(fleet, name, kubernetes, report),
      trust,
      plugins: resolvePlugins(fleet, name, { trustDomain: written.trustDomain, spire, trust, ...nesting }, readFile),
      bundleEndpoint: resolveBundleEndpoint(name, written, report),
      nesting,
    });
  }
  return clusters;
}

/** The gateway's Service has a port of this number already, for its health. */
const GATEWAY_HEALTH_PORT = 15021;

function checkGateways(fleet: Fleet, report: Report): void {
  for (const [name, { gateway }] of sortedEntries(fleet.clusters)) {
    if (gateway?.port === GATEWAY_HEALTH_PORT) {
      const expected = `a port other than ${GATEWAY_HEALTH_PORT}, at which the gateway tells its health`;
      report(problemAt(['clusters', name, 'gateway', 'port'], 'out-of-range', { expected, got: String(gateway.port) }));
    }
  }
}

function checkNames(fleet: Fleet, report: Report): void {
  if (Object.keys(fleet.clusters).length === 0) {
    report(problemAtKey(['clusters'], 'out-of-range', { expected: 'at least 1 cluster', got: '0' }));
  }
  for (const name of Object.keys(fleet.clusters).filter((cluster) => RESERVED_FOLDERS.includes(cluster))) {
    const because = 'the output has another folder of this name';
    report(problemAtKey(['clusters', name], 'reserved-name', { name, because }));
  }
}

function sortedEntries<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [string, Value])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
