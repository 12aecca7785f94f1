/** The default values of a fleet. The schema shows them to editors; the model fills them in. */
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
    /** Peers have a third of it, 56 hours, to fetch a new CA before the server uses it. */
    caTtl: '7d',
    /** Workloads renew at half of it, so they survive at least two hours without the server, for example when its node is down. */
    x509SvidTtl: '4h',
    jwtSvidTtl: '5m',
    logLevel: 'INFO',
    logFormat: 'text',
    /** SPIRE's own; its common name is the trust domain, so that CAs of different domains can be told apart. */
    caSubject: { country: 'US', organization: 'SPIFFE' },
    /** An agent that comes back later attests anew, by its token or certificate. */
    forgetAgentsAfter: '24h',
    storageSize: '1Gi',
    /** Without a class, the controller manager would serve the resources of any other installation too. */
    className: 'spire',
    /** Enough for about 4000 pods: another manager used 454 MiB to cache 9,895 pods (Mellanox/network-operator#3173). */
    controllerManagerMemory: '256Mi',
    serverReplicas: 1,
    autoscalingCpu: 80,
    networkPolicies: true,
    webhookFailurePolicy: 'Ignore',
  },
  /** Off, because the plugin writes into folders of every node, and some platforms have these folders elsewhere. */
  istio: { cni: false },
  /** Certificates that expire within this time are reported. */
  trustHorizon: '30d',
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

/** Default path of the file with a trust domain's root certificate, relative to the fleet file. */
export function defaultRootFile(trustDomain: string): string {
  return `trust/${trustDomain}.pem`;
}

/** Default path of the file with the root certificate of the agents of nested servers, relative to the fleet file. */
export function defaultNestedRootFile(trustDomain: string): string {
  return `trust/${trustDomain}.nested.pem`;
}
