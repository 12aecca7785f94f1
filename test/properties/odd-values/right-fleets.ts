/** Right fleets that between them use most keys; odd values are put into them. Names are those of the schema's examples. */

type Written = Readonly<Record<string, unknown>>;

const PARTNER = {
  trustDomain: 'partner.example',
  trust: { root: 'trust/partner.example.pem' },
  bundleEndpoint: { url: 'https://spire.partner.example:8443/', profile: 'https_spiffe', spiffeId: '/spire/server' },
  gateway: { address: 'gateway.partner.example', port: 443, spiffeId: '/gateway' },
};

/** Two clusters and a partner, delivered by both tools, with every kind of workload but the presets. */
const PAIR: Written = {
  fleet: 'odd',
  spire: { caTtl: '168h', x509SvidTtl: '4h', jwtSvidTtl: '5m', apiServerPorts: [443, 6443], dnsPorts: [53] },
  istio: { dataplane: 'sidecar' },
  observability: true,
  clusters: {
    cluster1: {
      trustDomain: 'td0.example',
      trust: { root: 'trust/td0.example.pem', secret: 'upstream-ca' },
      bundleEndpoint: { address: '10.0.0.1', port: 8443, expose: 'LoadBalancer', refreshHint: '5m' },
      gateway: { address: '10.0.0.2', port: 8443 },
      loadBalancer: { metallb: { addresses: ['10.0.0.0/24'] } },
      spire: { storage: { size: '1Gi', storageClass: 'fast' }, logLevel: 'INFO', webhookFailurePolicy: 'Ignore' },
    },
    cluster2: {
      trustDomain: 'td1.example',
      trust: { root: 'trust/td1.example.pem' },
      bundleEndpoint: { address: 'spire.td1.example', profile: 'https_web', webCertificate: 'web' },
      gateway: { address: 'gateway.td1.example' },
      kubelet: { directory: '/var/lib/kubelet', verification: false },
      spire: { namespaces: 'shared', networkPolicies: true },
    },
  },
  partners: { partner: PARTNER },
  federation: [{ between: ['cluster1', 'cluster2'] }, { between: ['cluster1', 'partner'] }],
  workloads: {
    caller: {
      cluster: 'cluster1',
      namespace: 'calling',
      serviceAccount: 'calls',
      image: 'registry.example.org/caller:1.0.0',
      calls: ['called', 'theirs'],
    },
    called: {
      cluster: 'cluster2',
      image: 'registry.example.org/called:1.0.0',
      service: 'called-service',
      port: 8080,
      replicas: 2,
      host: 'called.example.org',
      routes: ['/', '/api/*'],
    },
    selected: {
      cluster: 'cluster1',
      pods: { labels: { app: 'selected' } },
      service: 'selected',
      port: 8080,
      host: 'selected.example.org',
      credential: { secret: 'selected-certificate', spiffeId: '/ns/selected/sa/selected' },
    },
    theirs: { partner: 'partner', host: 'theirs.partner.example', spiffeId: '/theirs', calls: ['selected'] },
    alone: { cluster: 'cluster2', spiffeId: '/alone', image: 'registry.example.org/alone:1.0.0' },
  },
  delivery: {
    repo: 'https://git.example/fleet.git',
    tools: ['flux', 'argocd'],
    branch: 'main',
    path: 'deploy/dist',
    flux: { namespace: 'flux-system', secret: 'git', poll: '1m', interval: '10m' },
    argocd: { project: 'fleet', clusterNames: { cluster1: 'in-cluster' } },
  },
  trustHorizon: '720h',
  waivers: [
    { rule: 'kubelet-unverified', at: 'clusters.cluster2.kubelet', because: 'kubelets serve self-signed certificates' },
  ],
};

/** A nested cluster, one without Istio, a hub, one-way trust and a preset. */
const NESTED: Written = {
  fleet: 'odd',
  observability: false,
  clusters: {
    cluster1: {
      trustDomain: 'td0.example',
      bundleEndpoint: { address: '10.0.0.1' },
      serverApi: { address: '10.0.0.3', port: 8081, root: 'trust/td0.example.nested.pem' },
      gateway: { address: '10.0.0.2' },
    },
    cluster2: { trustDomain: 'td0.example', nestedUnder: 'cluster1' },
    cluster3: {
      trustDomain: 'td1.example',
      istio: { dataplane: 'none' },
      bundleEndpoint: { address: 'spire.td1.example', expose: 'NodePort', port: 30443 },
    },
  },
  partners: { partner: PARTNER },
  federation: [
    { hub: 'cluster1', spokes: ['cluster3'] },
    { trusting: 'cluster1', trusted: ['partner'] },
  ],
  workloads: {
    greeter: { cluster: 'cluster2', preset: 'curl-greeter', calls: ['called'] },
    called: { cluster: 'cluster1', image: 'registry.example.org/called:1.0.0', port: 8080, host: 'called.example.org' },
    job: { cluster: 'cluster3', pods: { labels: { app: 'job' } }, calls: ['called'] },
  },
};

export const RIGHT_FLEETS: readonly Written[] = [PAIR, NESTED];
