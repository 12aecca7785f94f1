/** The Go modules everything under imports/ is made from, and which of their files are taken. */

export interface PinnedModule {
  readonly module: string;
  readonly version: string;
}

/** Custom resource definitions of one project, taken from one or more modules. */
export interface PinnedProject {
  /** Names imports/schemas/<name>.json and the folder imports/crds/<name>. */
  readonly name: string;
  readonly sources: readonly PinnedCrds[];
}

export interface PinnedCrds extends PinnedModule {
  readonly paths: readonly string[];
  /** Kinds to take, in the files named by `paths`. */
  readonly kinds: readonly string[];
  /**
   * Kinds among `kinds` that get a checking schema but no typed class.
   * @default - every kind gets a typed class
   */
  readonly kindsWithoutClass?: readonly string[];
}

/**
 * The newest patch of each Kubernetes minor that the module proxy serves and the checksum database vouches for.
 *
 * Patches of a minor share their API, so a newer one that cannot be verified is not worth an exception.
 */
export const kubernetesVersions: Readonly<Record<string, string>> = {
  '1.27': 'v1.27.16',
  '1.28': 'v1.28.15',
  '1.29': 'v1.29.15',
  '1.30': 'v1.30.14',
  '1.31': 'v1.31.14',
  '1.32': 'v1.32.13',
  '1.33': 'v1.33.13',
  '1.34': 'v1.34.10',
  '1.35': 'v1.35.8',
  '1.36': 'v1.36.4',
};

export const kubernetesModule = 'k8s.io/kubernetes';
export const kubernetesOpenApiPath = 'api/openapi-spec/swagger.json';

export const pinnedProjects: readonly PinnedProject[] = [
  {
    name: 'spire',
    sources: [
      {
        module: 'github.com/spiffe/spire-controller-manager',
        version: 'v0.7.0',
        paths: [
          'config/crd/bases/spire.spiffe.io_clusterfederatedtrustdomains.yaml',
          'config/crd/bases/spire.spiffe.io_clusterspiffeids.yaml',
          'config/crd/bases/spire.spiffe.io_clusterstaticentries.yaml',
        ],
        kinds: ['ClusterFederatedTrustDomain', 'ClusterSPIFFEID', 'ClusterStaticEntry'],
      },
    ],
  },
  {
    name: 'istio',
    sources: [
      {
        module: 'istio.io/istio',
        version: 'v0.0.0-20260827124520-eed52ebb66ad',
        paths: ['manifests/charts/base/files/crd-all.gen.yaml'],
        kinds: [
          'AuthorizationPolicy',
          'DestinationRule',
          'EnvoyFilter',
          'Gateway',
          'PeerAuthentication',
          'ProxyConfig',
          'RequestAuthentication',
          'ServiceEntry',
          'Sidecar',
          'Telemetry',
          'VirtualService',
          'WorkloadEntry',
          'WorkloadGroup',
        ],
      },
    ],
  },
  {
    name: 'metallb',
    sources: [
      {
        module: 'go.universe.tf/metallb',
        version: 'v0.15.2',
        paths: ['config/crd/bases/metallb.io_ipaddresspools.yaml', 'config/crd/bases/metallb.io_l2advertisements.yaml'],
        kinds: ['IPAddressPool', 'L2Advertisement'],
      },
    ],
  },
  {
    name: 'argocd',
    sources: [
      {
        module: 'github.com/argoproj/argo-cd/v3',
        version: 'v3.3.0',
        paths: [
          'manifests/crds/application-crd.yaml',
          'manifests/crds/applicationset-crd.yaml',
          'manifests/crds/appproject-crd.yaml',
        ],
        kinds: ['Application', 'ApplicationSet', 'AppProject'],
        // Its generators nest the template of an Application again and again: 76,000 lines of classes.
        kindsWithoutClass: ['ApplicationSet'],
      },
    ],
  },
  {
    name: 'flux',
    sources: [
      {
        module: 'github.com/fluxcd/source-controller',
        version: 'v1.9.3',
        paths: [
          'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
          'config/crd/bases/source.toolkit.fluxcd.io_helmrepositories.yaml',
          'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml',
        ],
        kinds: ['GitRepository', 'HelmRepository', 'OCIRepository'],
      },
      {
        module: 'github.com/fluxcd/kustomize-controller',
        version: 'v1.9.4',
        paths: ['config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
        kinds: ['Kustomization'],
      },
      {
        module: 'github.com/fluxcd/helm-controller',
        version: 'v1.6.4',
        paths: ['config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml'],
        kinds: ['HelmRelease'],
      },
    ],
  },
];
