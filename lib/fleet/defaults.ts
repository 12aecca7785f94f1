/** Holds what a fleet gets where it says nothing; the schema tells it to editors, the model fills it in. */
import { DEFAULT_EXPOSURE } from '../exposure/catalog';

export const DEFAULTS = {
  versions: {
    /** github.com/spiffe/spire, CHANGELOG 2026-08-21. */
    spire: '1.15.3',
    /** istio.io/api and istio.io/client-go v1.31.4. */
    istio: '1.31.4',
    kubernetes: '1.36',
  },
  spire: {
    namespaces: 'separate',
    /** Peers then have 56 hours, a third, to notice a new CA. */
    caTtl: '7d',
    /** Workloads renew at half of it: so long they go on while the server is away, such as with its node. */
    x509SvidTtl: '4h',
    jwtSvidTtl: '5m',
    logLevel: 'INFO',
    storageSize: '1Gi',
    /** Enough for some 4000 pods: a manager that caches pods took 454 MiB for 9,895 (Mellanox/network-operator#3173). */
    controllerManagerMemory: '256Mi',
    networkPolicies: true,
    webhookFailurePolicy: 'Ignore',
  },
  /** The plugin writes into folders of every node, which are elsewhere on some platforms. */
  istio: { cni: false },
  /** Certificates that end within it are reported. */
  trustHorizon: '30d',
  upstreamSecret: 'spire-upstream-ca',
  /** In the namespace of a nested server. */
  nestedSecret: 'spire-upstream-agent',
  serverApi: { port: 8081 },
  bundleEndpoint: {
    port: 8443,
    expose: DEFAULT_EXPOSURE.name,
    profile: 'https_spiffe',
    /** SPIRE's own default. */
    refreshHint: '5m',
  },
  gatewayPort: 443,
  observability: true,
  replicas: 1,
  delivery: {
    branch: 'main',
    path: 'dist',
    /** Istio's other chart repositories end in December 2026 (istio/istio#61467). */
    charts: 'https://blob.istio.io/istio-release/charts',
  },
} as const;

/** Where a trust domain's root certificate is looked for, relative to the fleet file. */
export function defaultRootFile(trustDomain: string): string {
  return `trust/${trustDomain}.pem`;
}

/** Where the root of the certificates of nested servers is looked for, relative to the fleet file. */
export function defaultNestedRootFile(trustDomain: string): string {
  return `trust/${trustDomain}.nested.pem`;
}
