/** Generates fleets that are right: any combination of versions, layouts, endpoints, nesting, federations, workloads and calls. */
import fc from 'fast-check';
import { istioRunsOn, kubernetesMinors } from '../../lib/model/versions';

/** Trust domains whose roots exist in the tests' folder. */
export const TRUST_DOMAINS = ['td0.example', 'td1.example', 'td2.example', 'td3.example', 'partner.example'] as const;

/** The root of nested servers' certificates, beside those of the trust domains. */
export const NESTED_ROOT = 'td0.example.nested';

/** The one partner of a generated fleet, which any of its clusters may know. */
const PARTNER = 'partner';

/** A fleet document that can be read back by a test, as a person could have written it. */
export interface WrittenFleet {
  readonly fleet: string;
  readonly clusters: Readonly<Record<string, { readonly trustDomain: string } & Written>>;
  readonly partners?: Readonly<Record<string, { readonly trustDomain: string } & Written>>;
  readonly federation?: readonly Written[];
  readonly workloads: Readonly<Record<string, WrittenWorkload>>;
}

export interface WrittenWorkload {
  readonly plainText?: Written;
  readonly cluster?: string;
  readonly partner?: string;
  readonly calls?: readonly string[];
}

type Written = Readonly<Record<string, unknown>>;

/** Names whoever runs a workload: one of the clusters, or the partner. */
export const homeOf = ({ cluster, partner }: WrittenWorkload): string => cluster ?? partner ?? '';

/** Trust domain of a cluster or of the partner. */
export const trustDomainOf = ({ clusters, partners = {} }: WrittenFleet, home: string): string | undefined =>
  (clusters[home] ?? partners[home])?.trustDomain;

interface ClusterChoice {
  readonly kubernetes: string;
  readonly istio: string;
  readonly spire: string;
  readonly layout: 'separate' | 'shared';
  readonly networkPolicies: boolean;
  /** Folder of the kubelet, where that is another than most have. */
  readonly kubelet: string | undefined;
  readonly expose: 'LoadBalancer' | 'NodePort' | 'ClusterIP';
  readonly web: boolean;
  readonly metallb: boolean;
  readonly gateway: boolean;
  readonly observability: boolean;
  readonly mesh: boolean;
  /** Whether pods of some namespace take plain text. */
  readonly plainText: boolean;
  readonly cni: boolean;
  readonly knowsPartner: boolean;
  /** Under the first cluster, which itself is not. */
  readonly nested: boolean;
}

const istioVersions = ['1.24.1', '1.26.3', '1.27.0', '1.29.2', '1.30.2', '1.31.4'];

const clusterChoice: fc.Arbitrary<ClusterChoice> = fc.record({
  kubernetes: fc.constantFrom(...kubernetesMinors()),
  istio: fc.constantFrom(...istioVersions),
  spire: fc.constantFrom('1.11.3', '1.12.3', '1.13.4', '1.14.6', '1.15.3'),
  layout: fc.constantFrom('separate' as const, 'shared' as const),
  networkPolicies: fc.nat(3).map((number) => number > 0),
  kubelet: fc.constantFrom(undefined, undefined, '/data/kubelet'),
  expose: fc.constantFrom('LoadBalancer' as const, 'NodePort' as const, 'ClusterIP' as const),
  web: fc.boolean(),
  metallb: fc.boolean(),
  gateway: fc.boolean(),
  observability: fc.boolean(),
  // One in five runs no Istio.
  mesh: fc.nat(4).map((number) => number > 0),
  plainText: fc.boolean(),
  cni: fc.boolean(),
  knowsPartner: fc.boolean(),
  // One in three.
  nested: fc.nat(2).map((number) => number === 0),
});

const KINDS = ['bookinfo', 'curl-greeter', 'image', 'pods', 'partner'] as const;

interface WorkloadChoice {
  readonly cluster: number;
  readonly kind: (typeof KINDS)[number];
  readonly credential: boolean;
  readonly ownId: boolean;
  readonly plainText: Written | undefined;
  /** Which of the other workloads it calls, if that is possible. */
  readonly calls: readonly boolean[];
}

const workloadChoice: fc.Arbitrary<WorkloadChoice> = fc.record({
  cluster: fc.nat(3),
  kind: fc.constantFrom(...KINDS),
  credential: fc.boolean(),
  ownId: fc.boolean(),
  plainText: fc.constantFrom<Written | undefined>(
    undefined,
    undefined,
    undefined,
    { because: 'called from outside of the mesh' },
    { ports: [9080, 8080], because: 'called from outside of the mesh' },
    { ports: [9102], because: 'scraped without a proxy' },
  ),
  calls: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
});

/** What stands between two clusters; the last three let no call through. */
const LINKS = ['both', 'both', 'both', 'oneWay', 'ended', 'none'] as const;

interface Choices {
  readonly clusters: readonly ClusterChoice[];
  /** For each pair of clusters. */
  readonly links: readonly (typeof LINKS)[number][];
  readonly workloads: readonly WorkloadChoice[];
  readonly delivery: Written | undefined;
}

const REPO = 'https://git.example/fleet.git';

/** What GitOps tools are told, in every form that makes other objects. */
const deliveries: fc.Arbitrary<Written | undefined> = fc.constantFrom<Written | undefined>(
  undefined,
  { repo: REPO, tools: ['argocd'], path: 'deploy/dist' },
  { repo: REPO, tools: ['flux'], charts: 'oci://ghcr.io/istio/release/charts' },
  { repo: REPO, tools: ['flux', 'argocd'], flux: { runs: 'in-one-cluster' } },
);

export const fleets: fc.Arbitrary<WrittenFleet> = fc
  .record({
    clusters: fc.array(clusterChoice, { minLength: 1, maxLength: 4 }),
    links: fc.array(fc.constantFrom(...LINKS), { minLength: 6, maxLength: 6 }),
    workloads: fc.array(workloadChoice, { maxLength: 5 }),
    delivery: deliveries,
  })
  .map(({ clusters, ...choices }) => fleetOf({ ...choices, clusters: clusters.map(onTop) }));

/** The first cluster is never nested. */
function onTop(choice: ClusterChoice, index: number): ClusterChoice {
  return index === 0 ? { ...choice, nested: false } : choice;
}

const clusterName = (index: number): string => `cluster${index}`;
const workloadName = (index: number): string => `workload${index}`;

function fleetOf(choices: Choices): WrittenFleet {
  const { clusters, workloads, delivery } = choices;
  const federation = federationsOf(choices);
  const placed = workloads.map((choice, index) => placedOf(choice, index, clusters));
  return {
    fleet: 'generated',
    clusters: Object.fromEntries(
      clusters.map((choice, index) => [
        clusterName(index),
        { ...clusterOf(choice, index), ...trustOf(clusters, index) },
      ]),
    ),
    partners: {
      [PARTNER]: {
        trustDomain: 'partner.example',
        trust: { root: 'trust/partner.example.pem' },
        bundleEndpoint: { url: 'https://spire.partner.example:8443/' },
        gateway: { address: 'gateway.partner.example', spiffeId: '/gateway' },
      },
    },
    ...(federation.length > 0 && { federation }),
    ...(delivery && { delivery }),
    workloads: Object.fromEntries(placed.map((workload) => [workload.name, workloadOf(workload, placed, choices)])),
  };
}

function federationsOf({ clusters, links }: Choices): readonly Written[] {
  const ofClusters = pairsOf(clusters.length).flatMap(([one, other], index) =>
    topOf(clusters, one) === one && topOf(clusters, other) === other
      ? federationBetween(clusterName(one), clusterName(other), links[index])
      : [],
  );
  const known = clusters.flatMap(({ knowsPartner }, index) =>
    knowsPartner && topOf(clusters, index) === index ? [clusterName(index)] : [],
  );
  return [...ofClusters, ...known.map((cluster) => ({ between: [cluster, PARTNER] }))];
}

function federationBetween(one: string, other: string, link: Choices['links'][number] = 'none'): readonly Written[] {
  switch (link) {
    case 'both':
      return [{ between: [one, other] }];
    case 'oneWay':
      return [{ trusting: one, trusted: [other] }];
    case 'ended':
      return [{ between: [one, other], ended: true }];
    case 'none':
      return [];
  }
}

function pairsOf(count: number): readonly (readonly [number, number])[] {
  const numbers = [...Array(count).keys()];
  return numbers.flatMap((one) => numbers.slice(one + 1).map((other) => [one, other] as const));
}

/** The cluster that stands for the trust domain of this one. */
function topOf(clusters: readonly ClusterChoice[], index: number): number {
  return clusters[index]?.nested === true ? 0 : index;
}

function clusterOf(choice: ClusterChoice, index: number): Written {
  const istio = istioRunsOn(choice.istio, choice.kubernetes)
    ? choice.istio
    : (istioVersions.find((version) => istioRunsOn(version, choice.kubernetes)) ?? '1.24.1');
  return {
    versions: { kubernetes: choice.kubernetes, spire: choice.spire, ...(choice.mesh && { istio }) },
    spire: { namespaces: choice.layout, networkPolicies: choice.networkPolicies },
    ...(choice.kubelet && { kubelet: { directory: choice.kubelet } }),
    ...(choice.mesh ? { observability: choice.observability } : { istio: { dataplane: 'none' } }),
    ...(choice.mesh && {
      istio: {
        cni: choice.cni,
        ...(choice.plainText && { plainText: { legacy: { because: 'its callers have no proxy' } } }),
      },
    }),
    ...(choice.metallb && { loadBalancer: { metallb: { addresses: [`10.${index}.0.0/24`] } } }),
    ...(choice.mesh && choice.gateway && { gateway: { address: `10.${index}.0.2` } }),
  };
}

/** What is said of a trust domain, and of the way from a nested server to the one above. */
function trustOf(clusters: readonly ClusterChoice[], index: number): { readonly trustDomain: string } & Written {
  const choice = clusters[index] as ClusterChoice;
  const trustDomain = TRUST_DOMAINS[topOf(clusters, index)] ?? '';
  if (topOf(clusters, index) !== index) return { trustDomain, nestedUnder: clusterName(0) };
  const carries = clusters.some((_, other) => other !== index && topOf(clusters, other) === index);
  return {
    trustDomain,
    ...(carries && { serverApi: { address: `10.${index}.0.3` } }),
    ...(choice.web && { trust: { root: `trust/${trustDomain}.pem` } }),
    bundleEndpoint: {
      address: `10.${index}.0.1`,
      expose: choice.expose,
      ...(choice.expose === 'NodePort' && { port: 30443 }),
      ...(choice.web && { profile: 'https_web', webCertificate: 'web' }),
    },
  };
}

/** A workload with a home; one of the partner has none of the fleet's clusters. */
interface PlacedWorkload {
  readonly name: string;
  readonly choice: WorkloadChoice;
  readonly kind: WorkloadChoice['kind'];
  readonly home?: number;
  /** Whether calls from elsewhere find a gateway in front of it. */
  readonly hasGateway: boolean;
  readonly proxied: boolean;
}

function placedOf(choice: WorkloadChoice, index: number, clusters: readonly ClusterChoice[]): PlacedWorkload {
  const name = workloadName(index);
  if (choice.kind === 'partner') {
    return { name, choice, kind: 'partner', hasGateway: true, proxied: false };
  }
  const home = choice.cluster % clusters.length;
  const { mesh = false, gateway = false } = clusters[home] ?? {};
  // A preset leaves mutual TLS to Istio.
  const kind = mesh || choice.kind === 'pods' ? choice.kind : 'image';
  return { name, choice, kind, home, hasGateway: mesh && gateway, proxied: mesh };
}

/** Those it calls: reachable ones only, and nobody that may not call or be called. */
function calledBy(caller: PlacedWorkload, all: readonly PlacedWorkload[], choices: Choices): readonly PlacedWorkload[] {
  return all.filter((called, index) => {
    const outside = caller.home === undefined && called.home === undefined;
    const possible = called !== caller && !outside && caller.kind !== 'bookinfo' && called.kind !== 'curl-greeter';
    const reachable =
      caller.home === called.home || (called.hasGateway && federates(caller.home, called.home, choices));
    return possible && reachable && caller.choice.calls[index] === true;
  });
}

/** Whether two homes know each other both ways; undefined is the partner's. */
function federates(one: number | undefined, other: number | undefined, { clusters, links }: Choices): boolean {
  if (one === undefined || other === undefined) {
    return clusters[topOf(clusters, one ?? other ?? -1)]?.knowsPartner ?? false;
  }
  const ends = [topOf(clusters, one), topOf(clusters, other)] as const;
  if (ends[0] === ends[1]) return true;
  const index = pairsOf(clusters.length).findIndex((pair) => ends.every((end) => pair.includes(end)));
  return links[index] === 'both';
}

function workloadOf(workload: PlacedWorkload, all: readonly PlacedWorkload[], choices: Choices): WrittenWorkload {
  const { name, kind, choice, home, proxied } = workload;
  const calls = calledBy(workload, all, choices).map((called) => called.name);
  const isCalled = all.some((other) => calledBy(other, all, choices).includes(workload));
  const served = proxied && kind !== 'curl-greeter';
  const ownId = choice.ownId && !(isCalled && proxied) && kind !== 'bookinfo';
  if (home === undefined) {
    return {
      partner: PARTNER,
      host: `${name}.partner.example`,
      spiffeId: `/workloads/${name}`,
      ...some({ calls }),
    } as Written;
  }
  return {
    cluster: clusterName(home),
    ...kindOf(kind, name),
    ...(served && { host: `${name}.example.org` }),
    ...(served && choice.credential && { credential: { secret: `${name}-certificate` } }),
    ...(served && choice.plainText && { plainText: choice.plainText }),
    ...(ownId && { spiffeId: `/own/${name}` }),
    ...some({ calls }),
  };
}

/** Nothing in place of an empty list, which nobody would write. */
function some({ calls }: { readonly calls: readonly string[] }): { readonly calls?: readonly string[] } {
  return calls.length === 0 ? {} : { calls };
}

function kindOf(kind: WorkloadChoice['kind'], name: string): Written {
  switch (kind) {
    case 'bookinfo':
    case 'curl-greeter':
      return { preset: kind };
    case 'pods':
      return { pods: { labels: { app: name } }, service: name, port: 8080 };
    default:
      return { image: `registry.example.org/${name}:1.0.0`, port: 8080 };
  }
}
