import { join } from 'node:path';
import { checkCluster } from '../../lib/checks/check-cluster';
import { loadFleet } from '../../lib/fleet/load';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { resolve } from '../../lib/model/resolve';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { AGE_KEY, NOW, privateKeyMark } from '../support';
import { type Damage, damaged, edit, filesOf, inConfig, type Mutable, remove } from './damage';

const { fleet: written, readTrustFile } = loadFleet(join(__dirname, '..', '..', 'fleet.yaml'));
const clusters = resolve(written!, { readTrustFile, now: NOW }).fleet!.clusters;
const cluster2 = clusters[1]!;

/** What the checks say of a cluster, cluster2 if none is given, after one of its objects was damaged. */
const reasonsAfter = (kind: string, name: string, damage: Damage, cluster = cluster2): readonly string[] =>
  checkCluster(cluster, damaged(cluster, kind, name, damage)).map(({ reason }) => reason);

/** The PeerAuthentication of the whole mesh. */
const MESH_POLICY = 'default';
const UNDECLARED = /accepts plain text, but the fleet does not declare it/;

test('finds nothing wrong with what is built', () => {
  expect(clusters.flatMap((cluster) => checkCluster(cluster, filesOf(cluster)))).toEqual([]);
});

test('finds ports with metrics that a NetworkPolicy keeps closed', () => {
  const scrapers = [{ namespace: 'monitoring', podLabels: {} }];
  const telemetry = { prometheus: { scrapers, byOutput: false, annotations: false } };
  const cluster = { ...cluster2, spire: { ...cluster2.spire, telemetry } };
  const whole = buildCluster(cluster);
  const closed = whole.map((file) => ({
    ...file,
    objects: file.objects.filter(({ metadata }) => metadata.name !== 'spire-server-metrics'),
  }));
  expect(checkCluster(cluster, whole)).toEqual([]);
  expect(checkCluster(cluster, closed).map(({ reason }) => reason)).toEqual([
    'serves metrics at 9988, which its NetworkPolicies keep closed',
    'serves metrics at 8082, which its NetworkPolicies keep closed',
  ]);
});

test('finds a collector of metrics that NetworkPolicies keep out of reach', () => {
  const cluster = { ...cluster2, spire: { ...cluster2.spire, telemetry: { statsd: ['192.0.2.7:8125'] } } };
  const whole = buildCluster(cluster);
  const closed = whole.map((file) => ({
    ...file,
    objects: file.objects.filter(({ metadata }) => metadata.name !== 'spire-agent-metrics'),
  }));
  expect(checkCluster(cluster, whole)).toEqual([]);
  expect(checkCluster(cluster, closed).map(({ reason }) => reason)).toEqual(['may not send metrics to 192.0.2.7:8125']);
});

describe('contents', () => {
  test.each<[string, string, string, Damage, RegExp]>([
    [
      'a field Kubernetes does not know',
      'DaemonSet',
      'spire-agent',
      edit((o) => (o.spec.template.spec.containers[0].imagePullpolicy = 'Always')),
      /imagePullpolicy/,
    ],
    [
      'a field a CRD does not know',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => (o.spec.fallBack = true)),
      /fallBack/,
    ],
    ['a wrong type', 'Service', 'spire-server', edit((o) => (o.spec.ports[0].port = '8081')), /must be integer/],
    ['a null', 'Service', 'spire-server', edit((o) => (o.spec.externalName = null)), /null|must be string/],
    [
      'a private key',
      'ConfigMap',
      'spire-server-root',
      edit((o) => (o.data['root.pem'] = privateKeyMark('EC '))),
      /private key/,
    ],
    [
      'a private key without the marks of PEM',
      'ConfigMap',
      'spire-server-root',
      edit((o) => (o.data['root.pem'] = AGE_KEY)),
      /private key/,
    ],
    ['a Secret', 'ConfigMap', 'spire-server', edit((o) => (o.kind = 'Secret')), /Secrets are never part/],
    [
      'an unpinned image',
      'DaemonSet',
      'spire-agent',
      edit((o) => (o.spec.template.spec.containers[0].image = 'ghcr.io/spiffe/spire-agent:nightly')),
      /unpinned image/,
    ],
    [
      'an image without a tag',
      'DaemonSet',
      'spire-agent',
      edit((o) => (o.spec.template.spec.containers[0].image = 'registry:5000/spire-agent')),
      /unpinned image/,
    ],
    [
      'two objects of one name',
      'ConfigMap',
      'spire-controller-manager',
      edit((o) => (o.metadata.name = 'spire-server')),
      /is also in/,
    ],
  ])('reports %s', (_what, kind, name, change, reason) => {
    expect(reasonsAfter(kind, name, change).join('\n')).toMatch(reason);
  });
});

describe('references', () => {
  test.each<[string, string, string, Damage, RegExp]>([
    ['a missing ServiceAccount', 'ServiceAccount', 'spire-agent', remove, /runs as ServiceAccount spire-agent/],
    ['a missing ConfigMap', 'ConfigMap', 'spire-server', remove, /mounts ConfigMap spire-server,/],
    [
      'a Secret nobody is asked for',
      'StatefulSet',
      'spire-server',
      edit((o) => (o.spec.template.spec.volumes.find((v: Mutable) => v.secret).secret.secretName = 'other')),
      /mounts Secret other/,
    ],
    [
      'a missing CSI driver',
      'Deployment',
      'ratings-v1',
      edit((o) => (o.spec.template.spec.volumes = [{ name: 'x', csi: { driver: 'csi.other' } }])),
      /csi\.other/,
    ],
    [
      'a mount without volume',
      'DaemonSet',
      'spire-agent',
      edit((o) => o.spec.template.spec.volumes.pop()),
      /mounts volume token/,
    ],
    ['a missing namespace', 'Namespace', 'bookinfo', remove, /is in namespace bookinfo, which nothing creates/],
    ['a missing role', 'ClusterRole', 'spire-agent', remove, /binds ClusterRole spire-agent/],
    [
      'a Service that selects nothing',
      'Service',
      'reviews',
      edit((o) => (o.spec.selector = { app: 'review' })),
      /no pod carries these labels/,
    ],
    [
      'a Service port no pod opens',
      'Service',
      'spire-server',
      edit((o) => (o.spec.ports[0].targetPort = 'api')),
      /sends port grpc to api/,
    ],
    [
      'a webhook without Service',
      'Service',
      'spire-controller-manager-webhook',
      remove,
      /calls spire-server\/spire-controller-manager-webhook:443/,
    ],
    [
      'a caBundle',
      'ValidatingWebhookConfiguration',
      'spire-controller-manager-webhook',
      edit((o) => (o.webhooks[0].clientConfig.caBundle = 'Cg==')),
      /sets caBundle/,
    ],
    [
      'a route to nowhere',
      'VirtualService',
      'bookinfo',
      edit((o) => (o.spec.http[0].route[0].destination.port.number = 80)),
      /routes to productpage.*:80/,
    ],
    ['a route without gateway', 'Gateway', 'bookinfo', remove, /bound to Gateway bookinfo/],
    [
      'a policy for all pods',
      'AuthorizationPolicy',
      'bookinfo-reviews',
      edit((o) => delete o.spec.selector),
      /selects every pod of its namespace/,
    ],
    [
      'a policy for no pod',
      'PeerAuthentication',
      'bookinfo-reviews',
      edit((o) => (o.spec.selector.matchLabels.app = 'x')),
      /no pod carries these labels/,
    ],
  ])('reports %s', (_what, kind, name, change, reason) => {
    expect(reasonsAfter(kind, name, change).join('\n')).toMatch(reason);
  });
});

describe('NetworkPolicies', () => {
  const withoutPort = (direction: 'ingress' | 'egress', port: number) =>
    edit((o) => {
      for (const rule of o.spec[direction]) rule.ports = rule.ports.filter((one: Mutable) => one.port !== port);
    });

  test.each<[string, string, Damage, RegExp]>([
    ['a closed API', 'spire-server', withoutPort('ingress', 8081), /leads its port grpc to 8081, which the Network/],
    ['a closed webhook', 'spire-server', withoutPort('ingress', 9443), /to 9443, which the NetworkPolicies of spire-s/],
    ['a closed endpoint', 'spire-server-bundle-endpoint', remove, /to 8443, which the NetworkPolicies of spire-s/],
    ['a peer that may not be dialled', 'spire-server-federation-cluster1', remove, /may not dial https:.*9:8443/],
    ['an agent without a way to its server', 'spire-agent', withoutPort('egress', 8081), /may not dial its server/],
    ['an agent that may dial nobody', 'spire-agent', edit((o) => delete o.spec.egress), /may not dial its server/],
  ])('reports %s', (_what, name, change, reason) => {
    expect(reasonsAfter('NetworkPolicy', name, change).join('\n')).toMatch(reason);
  });

  test('reports an empty list, which every apply would change again', () => {
    const change = edit((o) => (o.spec.ingress = []));
    expect(reasonsAfter('NetworkPolicy', 'spire-agent', change)).toEqual(['/spec/ingress is an empty list']);
  });
});

describe('identities', () => {
  test.each<[string, string, string, Damage, RegExp]>([
    ['a pod without SVID', 'ClusterSPIFFEID', 'workload-bookinfo', remove, /gets 0 SVIDs/],
    [
      'a pod with two SVIDs',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => {
        o.spec.podSelector.matchLabels = { 'sidecar.istio.io/inject': 'true' };
        delete o.spec.fallback;
      }),
      /gets 2 SVIDs/,
    ],
    [
      'a gateway without SVID',
      'ClusterSPIFFEID',
      'istio-ingressgateway',
      edit((o) => (o.spec.workloadSelectorTemplates[1] = 'k8s:sa:other')),
      /the gateway istio-ingressgateway gets 0/,
    ],
    [
      'a rule for every pod',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => (o.spec.podSelector.matchLabels = {})),
      /selects every pod of the cluster/,
    ],
    [
      'an SVID for a pod outside the mesh',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => (o.spec.podSelector.matchLabels = { app: 'kiali' })),
      /asks for no identity/,
    ],
    [
      'a federation without bundle',
      'ClusterFederatedTrustDomain',
      'cluster1',
      remove,
      /federates with cluster1.demo, whose bundle nothing fetches/,
    ],
    [
      'a bundle URL with a path',
      'ClusterFederatedTrustDomain',
      'cluster1',
      edit((o) => (o.spec.bundleEndpointURL += 'bundle')),
      /only at the path/,
    ],
    [
      'a federated rule for the rest of the mesh',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => (o.spec.federatesWith = ['cluster1.demo'])),
      /rest of the mesh/,
    ],
  ])('reports %s', (_what, kind, name, change, reason) => {
    expect(reasonsAfter(kind, name, change).join('\n')).toMatch(reason);
  });
});

describe('agreement', () => {
  test.each<[string, string, string, Damage, RegExp]>([
    [
      'another trust domain',
      'ConfigMap',
      'spire-agent',
      inConfig('agent.conf', 'cluster2.demo', 'cluster3.demo'),
      /trust domain disagrees/,
    ],
    [
      'another class',
      'ClusterSPIFFEID',
      'mesh-workloads',
      edit((o) => (o.spec.className = 'other')),
      /has class other/,
    ],
    [
      'another attestation cluster',
      'ConfigMap',
      'spire-controller-manager',
      inConfig('config.yaml', 'clusterName: cluster2', 'clusterName: x'),
      /attestation cluster disagrees/,
    ],
    [
      'another audience',
      'DaemonSet',
      'spire-agent',
      edit((o) => (o.spec.template.spec.volumes.at(-1).projected.sources[0].serviceAccountToken.audience = 'x')),
      /attestation audience disagrees/,
    ],
    [
      'another token path',
      'ConfigMap',
      'spire-agent',
      inConfig('agent.conf', 'tokens/spire-agent', 'tokens/x'),
      /attestation token path disagrees/,
    ],
    [
      'another socket directory',
      'DaemonSet',
      'spiffe-csi-driver',
      edit((o) => (o.spec.template.spec.volumes[0].hostPath.path = '/run/x')),
      /socket directory disagrees/,
    ],
    [
      'another socket name',
      'ConfigMap',
      'spire-agent',
      inConfig('agent.conf', 'agent-sockets/socket', 'agent-sockets/api.sock'),
      /socket name/,
    ],
    [
      'another kubelet directory',
      'DaemonSet',
      'spiffe-csi-driver',
      edit((o) => (o.spec.template.spec.volumes[2].hostPath.path = '/x/pods')),
      /kubelet directory disagrees/,
    ],
    [
      'another webhook name',
      'ConfigMap',
      'spire-controller-manager',
      inConfig('config.yaml', 'spire-controller-manager-webhook', 'x'),
      /manages webhook configuration x/,
    ],
    [
      'a webhook configuration that may not be patched',
      'ClusterRole',
      'spire-controller-manager',
      edit((o) => {
        for (const rule of o.rules) if (rule.resourceNames !== undefined) rule.resourceNames = ['x'];
      }),
      /its ClusterRole does not let it patch/,
    ],
    [
      'a bundle in another ConfigMap',
      'ConfigMap',
      'spire-server',
      inConfig('server.conf', '"configmap_name": "spire-bundle"', '"configmap_name": "x"'),
      /file of the bundle disagrees/,
    ],
    [
      'a bundle in another namespace',
      'ConfigMap',
      'spire-server',
      inConfig('server.conf', '"namespace": "spire-system"', '"namespace": "x"'),
      /namespace of the bundle disagrees/,
    ],
    [
      'a bundle in another format',
      'ConfigMap',
      'spire-agent',
      inConfig('agent.conf', '"trust_bundle_format": "pem"', '"trust_bundle_format": "spiffe"'),
      /format of the bundle disagrees/,
    ],
    [
      "SPIRE's own names of secrets",
      'ConfigMap',
      'spire-agent',
      inConfig('agent.conf', '"default_bundle_name": "null"', '"default_bundle_name": "ROOTCA"'),
      /sds default_bundle_name disagrees/,
    ],
    [
      'an unanchored namespace pattern',
      'ConfigMap',
      'spire-controller-manager',
      inConfig('config.yaml', '^kube-public$', 'kube-public'),
      /ignores kube-public, which also matches longer names/,
    ],
    [
      'a pattern that a namespace with workloads matches',
      'ConfigMap',
      'spire-controller-manager',
      inConfig('config.yaml', '^kube-public$', '^book.*$'),
      /ignores bookinfo by/,
    ],
  ])('reports %s', (_what, kind, name, change, reason) => {
    expect(reasonsAfter(kind, name, change).join('\n')).toMatch(reason);
  });
});

describe('plain text', () => {
  test.each<[string, string, Damage, RegExp]>([
    ['a mesh without a policy', MESH_POLICY, remove, /no PeerAuthentication requires mutual TLS/],
    ['a mesh that permits plain text', MESH_POLICY, edit((o) => (o.spec.mtls.mode = 'PERMISSIVE')), UNDECLARED],
    ['a policy without a mode', MESH_POLICY, edit((o) => delete o.spec.mtls.mode), UNDECLARED],
    ['pods that permit plain text', 'bookinfo-reviews', edit((o) => (o.spec.mtls.mode = 'PERMISSIVE')), UNDECLARED],
    [
      'a port that permits plain text',
      'bookinfo-reviews',
      edit((o) => (o.spec.portLevelMtls = { 9080: { mode: 'DISABLE' } })),
      UNDECLARED,
    ],
  ])('reports %s', (_what, name, change, reason) => {
    expect(reasonsAfter('PeerAuthentication', name, change).join('\n')).toMatch(reason);
  });
});

describe('state', () => {
  test.each<[string, string, string, Damage, RegExp]>([
    [
      'a second server with an sqlite of its own',
      'StatefulSet',
      'spire-server',
      edit((o) => (o.spec.replicas = 2)),
      /has 2 replicas with a datastore of their own/,
    ],
    [
      'data outside of the volume',
      'StatefulSet',
      'spire-server',
      edit((o) => {
        for (const mount of o.spec.template.spec.containers[0].volumeMounts) {
          if (mount.name === 'spire-data') mount.mountPath = '/elsewhere';
        }
      }),
      /outside of its volume/,
    ],
  ])('reports %s', (_what, kind, name, change, reason) => {
    expect(reasonsAfter(kind, name, change).join('\n')).toMatch(reason);
  });
});

describe('tls', () => {
  const cluster1 = clusters[0]!;
  const reading = (cluster: ResolvedCluster, readsCertificateFiles: boolean): ResolvedCluster => ({
    ...cluster,
    istio: { ...cluster.istio!, readsCertificateFiles },
  });
  const reasonsOf = (tls: object, cluster = cluster2): string =>
    reasonsAfter(
      'Gateway',
      'bookinfo',
      edit((o) => (o.spec.servers[0].tls = tls)),
      cluster,
    ).join('\n');
  const FROM_FILES = {
    mode: 'MUTUAL',
    serverCertificate: '/etc/tls.crt',
    privateKey: '/etc/tls.key',
    caCertificates: '/etc/ca.crt',
    subjectAltNames: ['spiffe://cluster1.demo/curl-greeter'],
  };
  test('accepts certificates from files if proxies read them, and reports them if proxies use SPIRE', () => {
    expect(reasonsOf(FROM_FILES, reading(cluster2, true))).toBe('');
    expect(reasonsOf(FROM_FILES, reading(cluster2, false))).toMatch(/from a file/);
    expect(reasonsOf({ ...FROM_FILES, subjectAltNames: [] }, reading(cluster2, true))).toMatch(/names no caller/);
  });
  test.each<[string, object, RegExp]>([
    ['TLS that admits anybody', { mode: 'SIMPLE', credentialName: 'web' }, /admits anybody/],
    ['mutual TLS without credential', { mode: 'MUTUAL' }, /without a credential/],
    ['mutual TLS that names nobody', { mode: 'ISTIO_MUTUAL' }, /names no caller/],
  ])('reports %s at a Gateway', (_what, tls, reason) => {
    expect(reasonsOf(tls)).toMatch(reason);
  });
  test.each<[string, object, RegExp]>([
    ['certificates from files', { mode: 'MUTUAL', clientCertificate: '/etc/tls.crt' }, /takes certificates from files/],
    ['the roots of the system', { mode: 'SIMPLE' }, /the roots of the system/],
  ])('reports %s in a DestinationRule only before Istio 1.26', (_what, tls, reason) => {
    expect(reasonsOfRule(tls, reading(cluster1, false))).toMatch(reason);
    expect(reasonsOfRule(tls, reading(cluster1, true))).toBe('');
  });
  test('reports mutual TLS that names no server in a DestinationRule', () => {
    expect(reasonsOfRule({ mode: 'ISTIO_MUTUAL' }, cluster1)).toMatch(/names no server/);
  });

  function reasonsOfRule(tls: object, cluster: ResolvedCluster): string {
    const rules = filesOf(cluster1)
      .flatMap(({ objects }) => objects)
      .filter(({ kind }) => kind === 'DestinationRule');
    expect(rules.length).toBeGreaterThan(0);
    const change = edit((o) => (o.spec.trafficPolicy.tls = tls));
    return reasonsAfter('DestinationRule', rules[0]!.metadata.name, change, cluster).join('\n');
  }
});

test('a text that Flux would replace is reported', () => {
  const change = edit((o) => (o.spec.template.spec.containers[0].args = ['echo ${ HOME']));
  expect(reasonsAfter('DaemonSet', 'spire-agent', change).join('\n')).toMatch(/Flux would replace/);
});
