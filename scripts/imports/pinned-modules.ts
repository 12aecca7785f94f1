/** The Go modules everything under imports/ is made from, and which of their files are taken; pins.json has their versions. */

import { readPins } from './pins';

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
export const kubernetesVersions = readPins().kubernetes;

export const kubernetesModule = 'k8s.io/kubernetes';
export const kubernetesOpenApiPath = 'api/openapi-spec/swagger.json';

/** A module at its pinned version. */
function pinned(module: string): PinnedModule {
  const version = readPins().modules[module];
  if (version === undefined) throw new Error(`pins.json has no version of ${module}`);
  return { module, version };
}

export const pinnedProjects: readonly PinnedProject[] = [
  {
    name: 'spire',
    sources: [
      {
        ...pinned('github.com/spiffe/spire-controller-manager'),
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
        // Newer than the default Istio: each API is a superset of the one before, and no field is emitted that is new in it.
        ...pinned('istio.io/api'),
        paths: ['kubernetes/customresourcedefinitions.gen.yaml'],
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
        ...pinned('go.universe.tf/metallb'),
        paths: ['config/crd/bases/metallb.io_ipaddresspools.yaml', 'config/crd/bases/metallb.io_l2advertisements.yaml'],
        kinds: ['IPAddressPool', 'L2Advertisement'],
      },
    ],
  },
  {
    name: 'prometheus-operator',
    sources: [
      {
        ...pinned('github.com/prometheus-operator/prometheus-operator'),
        paths: ['example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml'],
        kinds: ['PodMonitor'],
      },
    ],
  },
  {
    name: 'cert-manager',
    sources: [
      {
        ...pinned('github.com/cert-manager/cert-manager'),
        paths: ['deploy/crds/cert-manager.io_certificates.yaml'],
        kinds: ['Certificate'],
      },
    ],
  },
  {
    name: 'argocd',
    sources: [
      {
        ...pinned('github.com/argoproj/argo-cd/v3'),
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
        ...pinned('github.com/fluxcd/source-controller'),
        paths: [
          'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
          'config/crd/bases/source.toolkit.fluxcd.io_helmrepositories.yaml',
          'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml',
        ],
        kinds: ['GitRepository', 'HelmRepository', 'OCIRepository'],
      },
      {
        ...pinned('github.com/fluxcd/kustomize-controller'),
        paths: ['config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
        kinds: ['Kustomization'],
      },
      {
        ...pinned('github.com/fluxcd/helm-controller'),
        paths: ['config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml'],
        kinds: ['HelmRelease'],
      },
    ],
  },
];
