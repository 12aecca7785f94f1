/** Constructs with a few keys write what a fleet writes: the defaults of both are the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import {
  AddressPool,
  ArgoCdHealth,
  ArgoCdProject,
  type ArgoCdProjectProps,
  BundleEndpoint,
  EndpointIngress,
  FederationLink,
  FluxFollower,
  FluxLayer,
  FluxRelease,
  FluxSource,
  GatewayHost,
  helmValues,
  IstioOperator,
  Kiali,
  KialiRbac,
  LabelledNamespace,
  MeshMutualTls,
  NestedServer,
  ObservabilityNetworkPolicies,
  PeerEgress,
  Prometheus,
  ProxyGuard,
  RemoteHost,
  ServerApi,
  SpireServer,
  UpstreamAgent,
  Workload,
  WorkloadAccess,
  WorkloadIdentity,
} from '../../lib';
import { loadFleet } from '../../lib/fleet/load';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { objectsOf } from '../manifests';
import { clustersOf, NESTED } from '../resolved';
import { NOW } from '../support';

const ROOT = join(__dirname, '..', '..');

const { fleet, readTrustFile } = loadFleet(join(ROOT, 'fleet.yaml'));
const clusters = resolve(fleet!, { readTrustFile, now: NOW }).fleet?.clusters ?? [];
const clusterOf = (name: string): ResolvedCluster => clusters.find((cluster) => cluster.name === name)!;
const pem = (trustDomain: string): string => readFileSync(join(ROOT, 'trust', `${trustDomain}.pem`), 'utf8');

const keyOf = ({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }): string =>
  `${kind}/${metadata.name}`;

/** Expects each object that is built to be one of the cluster's, and that there is at least one. */
function expectSame(cluster: string, build: (scope: Construct) => void): void {
  const ofFleet = new Map(
    buildCluster(clusterOf(cluster))
      .flatMap(({ objects }) => objects)
      .map((object) => [`${keyOf(object)} in ${object.metadata.namespace}`, object]),
  );
  const built = objectsOf(build);
  expect(built.length).toBeGreaterThan(0);
  expect(built).toEqual(built.map((object) => ofFleet.get(`${keyOf(object)} in ${object.metadata.namespace}`)));
}

const loadBalancer = { metallb: { addresses: ['172.16.17.9/32'] } };

test('a server with a bundle endpoint needs an address alone', () => {
  const bundleEndpoint = { address: '172.16.17.9' };
  expectSame('cluster1', (scope) => {
    const server = { trustDomain: 'cluster1.demo', name: 'cluster1', root: pem('cluster1.demo'), bundleEndpoint };
    new BundleEndpoint(scope, 'endpoint', { bundleEndpoint, loadBalancer });
    new EndpointIngress(scope, 'ingress');
    new SpireServer(scope, 'server', server);
  });
});

test('a federation needs a trust domain, a URL and a root', () => {
  const peer = { cluster: 'cluster2', url: 'https://172.16.17.3:8443/' };
  expectSame('cluster1', (scope) => {
    new FederationLink(scope, 'cluster2', { ...peer, trustDomain: 'cluster2.demo', root: pem('cluster2.demo') });
    new PeerEgress(scope, 'egress', { peer });
  });
});

test('a workload needs an image or a preset, and its access the SPIFFE IDs of its callers', () => {
  expectSame('cluster1', (scope) => {
    new Workload(scope, 'curl-greeter', { preset: 'curl-greeter' });
    new WorkloadAccess(scope, 'curl-greeter-access', { workload: 'curl-greeter' });
    new LabelledNamespace(scope, 'curl-greeter-namespace', {
      name: 'curl-greeter',
      podSecurity: 'privileged',
      injection: 'enabled',
    });
  });
});

test('a host of the gateway needs a port and its callers, and a remote host an address and a SPIFFE ID', () => {
  const gateway = 'spiffe://cluster2.demo/ns/istio-system/sa/istio-ingressgateway-service-account';
  const host = 'bookinfo.com';
  expectSame('cluster2', (scope) => {
    const { routes } = clusterOf('cluster2').gateway!.hosts[0]!;
    const callers = ['spiffe://cluster1.demo/curl-greeter'];
    new GatewayHost(scope, 'bookinfo', { host, service: 'productpage', port: 9080, routes, callers });
  });
  expectSame('cluster1', (scope) => {
    const namespace = 'curl-greeter';
    const [gatewayAddress, serverSpiffeId] = ['172.16.17.2', gateway];
    new RemoteHost(scope, 'bookinfo', { host, namespace, gatewayAddress, serverSpiffeId, http2: true });
  });
});

test('Istio needs a trust domain, and a gateway an address', () => {
  const { name, trustDomain, istio } = clusterOf('cluster2');
  const loadBalancer = { metallb: { addresses: ['172.16.17.2/31'] } };
  const few = { name, trustDomain, loadBalancer, gateway: { address: '172.16.17.2' } };
  expect(helmValues(few)).toEqual(helmValues({ ...clusterOf('cluster2'), istio: istio! }));
  const operator = objectsOf((scope) => new IstioOperator(scope, 'operator', few));
  expect(operator).toEqual(
    objectsOf((scope) => new IstioOperator(scope, 'operator', { ...clusterOf('cluster2'), istio: istio! })),
  );
});

test('settings of Istio follow from its version', () => {
  const istiod = (version: string) =>
    JSON.stringify(helmValues({ trustDomain: 'a.example', istio: { version } }).istiod);
  expect(istiod('1.31.4')).not.toContain('ISTIO_META_DNS_AUTO_ALLOCATE');
  expect(istiod('1.24.0')).toContain('ISTIO_META_DNS_AUTO_ALLOCATE');
});

test('mutual TLS, Kiali and Prometheus need nothing', () => {
  expectSame('cluster1', (scope) => {
    new MeshMutualTls(scope, 'mutual-tls');
    new ProxyGuard(scope, 'guard');
    new Prometheus(scope, 'prometheus');
    new KialiRbac(scope, 'rbac');
    new Kiali(scope, 'kiali', { cluster: 'cluster1' });
    new ObservabilityNetworkPolicies(scope, 'policies');
    new AddressPool(scope, 'pool', loadBalancer);
  });
});

test('an identity needs labels, and is named by its construct', () => {
  expectSame('cluster1', (scope) => {
    const podLabels = { 'spiffe.io/spire-managed-identity': 'true' };
    new WorkloadIdentity(scope, 'mesh-workloads', { podLabels, fallback: true });
  });
});

test('nested servers need addresses and the roots', async () => {
  const { east, west } = await clustersOf(NESTED);
  const fleetOf = (cluster: ResolvedCluster | undefined) => buildCluster(cluster!).flatMap(({ objects }) => objects);
  const root = east!.trust.root!.pem;
  const { address, rootPem } = east!.serverApi!;
  const { trustDomain } = east!;
  const above = { trustDomain, name: 'east', root, serverApi: { address, rootPem } };
  expect(fleetOf(east)).toEqual(
    expect.arrayContaining(
      objectsOf((scope) => {
        new ServerApi(scope, 'api', above);
        new NestedServer(scope, 'west', above);
        new SpireServer(scope, 'server', { ...above, bundleEndpoint: { address: east!.bundleEndpoint!.address } });
      }),
    ),
  );
  const below = { trustDomain, name: 'west', root, upstream: { address } };
  expect(fleetOf(west)).toEqual(
    expect.arrayContaining(
      objectsOf((scope) => {
        new UpstreamAgent(scope, 'agent', below);
        new SpireServer(scope, 'server', below);
      }),
    ),
  );
});

test('Flux and Argo CD need a repository', () => {
  const repo = 'https://git.example.org/shop.git';
  const written = { ...fleet!, fleet: 'shop', delivery: { repo, tools: ['flux' as const, 'argocd' as const] } };
  const delivery = resolve(written, { readTrustFile, now: NOW }).fleet!.delivery!;
  const few = { fleet: 'shop', delivery: { repo } };
  const all = { fleet: 'shop', delivery, flux: delivery.flux! };
  const build = (given: typeof few | typeof all) =>
    objectsOf((scope) => {
      new FluxSource(scope, 'source', { ...given, charts: true });
      new FluxFollower(scope, 'follower', { ...given, folder: 'flux' });
      new FluxLayer(scope, 'layer', { ...given, cluster: 'east', step: 'istio' });
      new FluxRelease(scope, 'release', { ...given, cluster: 'east', chart: 'base', values: {}, version: '1.31.4' });
    });
  expect(build(few)).toEqual(build(all));
  const argocd = (given: Partial<ArgoCdProjectProps>) =>
    objectsOf((scope) => {
      new ArgoCdProject(scope, 'project', { ...few, clusters: [{ name: 'cluster1' }], ...given });
      new ArgoCdHealth(scope, 'health', given.argocd);
    });
  expect(argocd({})).toEqual(argocd({ delivery, argocd: delivery.argocd! }));
});
