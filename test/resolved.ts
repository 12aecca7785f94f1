/** Fleets resolved in memory, with roots made for the test. */
import { checkShape } from '../lib/fleet/check-shape';
import { parseFleet } from '../lib/fleet/parse';
import { type Resolution, resolve } from '../lib/model/resolve';
import type { ResolvedCluster, ResolvedIstio } from '../lib/model/resolved-fleet';
import { renderProblems } from '../lib/problems/render';
import { NOW } from './support';
import { makeTrialCa, type TrialCa } from './trial-ca';

/** Files that a fleet names, by path; undefined for one that is not there. */
export type TrustFiles = Readonly<Record<string, string | undefined>>;

const trialCas = new Map<string, Promise<TrialCa>>();

/** A trial PKI, the same one each time a test file asks for this trust domain. */
export function trialCa(trustDomain: string): Promise<TrialCa> {
  const known = trialCas.get(trustDomain);
  const made = known ?? makeTrialCa(trustDomain, NOW);
  trialCas.set(trustDomain, made);
  return made;
}

/** Resolves a fleet file of this text. A root that the fleet expects and `files` lacks is made. */
export async function resolveText(text: string, files: TrustFiles = {}): Promise<Resolution> {
  const { document, problems, source } = parseFleet(text, 'fleet.yaml');
  const shape = problems.length > 0 ? { problems } : checkShape(document);
  if (!('fleet' in shape) || shape.fleet === undefined) {
    throw new Error(renderProblems(shape.problems, source));
  }
  const present = new Map(Object.entries(files));
  for (const { trustDomain, trust, serverApi } of Object.values(shape.fleet.clusters)) {
    const path = trust?.root ?? `trust/${trustDomain}.pem`;
    if (!present.has(path)) present.set(path, (await trialCa(trustDomain)).root);
    const nested = serverApi?.root ?? `trust/${trustDomain}.nested.pem`;
    if (serverApi !== undefined && !present.has(nested))
      present.set(nested, (await makeTrialCa(trustDomain, NOW)).root);
  }
  const readTrustFile = (path: string): { text: string } | { missing: true } => {
    const found = present.get(path);
    return found === undefined ? { missing: true } : { text: found };
  };
  return resolve(shape.fleet, { readTrustFile, now: NOW });
}

/** The clusters of a fleet without faults, by name. */
export async function clustersOf(text: string, files: TrustFiles = {}): Promise<Record<string, ResolvedCluster>> {
  const { fleet, problems } = await resolveText(text, files);
  if (fleet === undefined) {
    throw new Error(renderProblems(problems, parseFleet(text, 'fleet.yaml').source));
  }
  return Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, cluster]));
}

/** Two federated clusters; `greeter` of east calls `bookinfo` of west. */
export const PAIR = `
fleet: pair
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21 } }
federation: [{ between: [east, west] }]
workloads:
  greeter: { cluster: east, preset: curl-greeter, spiffeId: /greeter, calls: [bookinfo] }
  bookinfo: { cluster: west, preset: bookinfo, host: bookinfo.test }
`;

/** Two clusters of one trust domain, `west` nested under `east`, and `north`, which federates with it; each calls the next. */
export const NESTED = `
fleet: nested
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 }, serverApi: { address: 192.0.2.12 }, gateway: { address: 192.0.2.11 } }
  west: { trustDomain: east.test, nestedUnder: east, gateway: { address: 192.0.2.21 } }
  north: { trustDomain: north.test, bundleEndpoint: { address: 192.0.2.30 }, gateway: { address: 192.0.2.31 } }
federation: [{ between: [east, north] }]
workloads:
  ape: { cluster: east, image: "ape:1.0", port: 80, host: ape.test, calls: [bee] }
  bee: { cluster: west, image: "bee:1.0", port: 80, host: bee.test, calls: [cow] }
  cow: { cluster: north, image: "cow:1.0", port: 80, host: cow.test, calls: [ape] }
`;

/** A fleet of one cluster: its keys in YAML's flow style, and workloads by name. */
export function lone(keys = '', workloads = ''): string {
  return `{ fleet: lone, clusters: { east: { trustDomain: east.test, ${keys} } }, workloads: { ${workloads} } }`;
}

/** The one cluster of `lone`. */
export async function loneCluster(keys = '', workloads = '', files: TrustFiles = {}): Promise<ResolvedCluster> {
  return (await clustersOf(lone(keys, workloads), files)).east!;
}

/** A cluster that runs Istio, as what configures Istio takes it. */
export type MeshCluster = ResolvedCluster & { readonly istio: ResolvedIstio };

/** The same cluster, known to run Istio. */
export function inMesh(cluster: ResolvedCluster | undefined): MeshCluster {
  if (cluster?.istio === undefined) {
    throw new Error('the cluster runs no Istio');
  }
  return { ...cluster, istio: cluster.istio };
}

/** The one cluster of `lone`, which runs Istio. */
export async function loneMesh(keys = '', workloads = ''): Promise<MeshCluster> {
  return inMesh(await loneCluster(keys, workloads));
}
