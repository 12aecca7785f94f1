/** The programs that the live proof builds, and their Go modules. The go.mod files beside this file pin the versions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs of one Go module; each family has its own go.mod, because their requirements exclude each other. */
export interface ProgramFamily {
  /** Folder with go.mod and go.sum, relative to this one. */
  readonly folder: string;
  /** Module whose version is the programs' version; absent for stand-ins, which are ours. */
  readonly module?: string;
  /** Package of each program, by the name of the binary. */
  readonly packages: Readonly<Record<string, string>>;
  /** Linked against C, as SPIRE's SQLite demands. @default - no C */
  readonly cgo?: boolean;
  readonly tags?: string;
  /** Variables that the linker sets to the version. @default - none */
  readonly versionVariables?: readonly string[];
  /** What the linker sets them to. @default - the module's version */
  readonly statedVersion?: string;
}

const KUBERNETES_VERSION = ['k8s.io/component-base/version.gitVersion', 'k8s.io/client-go/pkg/version.gitVersion'];

const SPIRE = {
  folder: 'spire',
  module: 'github.com/spiffe/spire',
  packages: {
    'spire-server': 'github.com/spiffe/spire/cmd/spire-server',
    'spire-agent': 'github.com/spiffe/spire/cmd/spire-agent',
  },
  // Static, like the images of the project: nothing else is in them.
  cgo: true,
  tags: 'netgo,osusergo,sqlite_omit_load_extension',
};

export const FAMILIES = {
  etcd: {
    folder: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    packages: { etcd: 'go.etcd.io/etcd/server/v3' },
  },
  kubernetes: {
    folder: 'kubernetes',
    module: 'k8s.io/kubernetes',
    packages: Object.fromEntries(
      ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kubelet', 'kubectl'].map(
        (name) => [name, `k8s.io/kubernetes/cmd/${name}`],
      ),
    ),
    versionVariables: KUBERNETES_VERSION,
  },
  oldestKubernetes: {
    folder: 'kubernetes-oldest',
    module: 'k8s.io/kubernetes',
    packages: { 'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver' },
    versionVariables: KUBERNETES_VERSION,
  },
  spire: SPIRE,
  previousSpire: { ...SPIRE, folder: 'spire-previous' },
  controllerManager: {
    folder: 'spire-controller-manager',
    module: 'github.com/spiffe/spire-controller-manager',
    packages: { 'spire-controller-manager': 'github.com/spiffe/spire-controller-manager/cmd' },
  },
  csiDriver: {
    folder: 'spiffe-csi',
    module: 'github.com/spiffe/spiffe-csi',
    packages: { 'spiffe-csi-driver': 'github.com/spiffe/spiffe-csi/cmd/spiffe-csi-driver' },
  },
  istio: {
    folder: 'istio',
    module: 'istio.io/istio',
    packages: {
      istioctl: 'istio.io/istio/istioctl/cmd/istioctl',
      'pilot-discovery': 'istio.io/istio/pilot/cmd/pilot-discovery',
      'pilot-agent': 'istio.io/istio/pilot/cmd/pilot-agent',
    },
    versionVariables: ['istio.io/istio/pkg/version.buildVersion', 'istio.io/istio/pkg/version.buildTag'],
    // The module is served without release tags. The commit is of August 2026, as istio.io/api v1.31.4 is; see imports/sources.json.
    statedVersion: '1.31.4',
  },
  helm: { folder: 'helm', module: 'helm.sh/helm/v4', packages: { helm: 'helm.sh/helm/v4/cmd/helm' } },
  metallb: {
    folder: 'metallb',
    module: 'go.universe.tf/metallb',
    packages: { controller: 'go.universe.tf/metallb/controller', speaker: 'go.universe.tf/metallb/speaker' },
  },
  coredns: {
    folder: 'coredns',
    module: 'github.com/coredns/coredns',
    packages: { coredns: 'github.com/coredns/coredns' },
  },
  kubeRouter: {
    folder: 'kube-router',
    module: 'github.com/cloudnativelabs/kube-router/v2',
    packages: { 'kube-router': 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router' },
  },
  prometheus: {
    folder: 'prometheus',
    module: 'github.com/prometheus/prometheus',
    packages: { prometheus: 'github.com/prometheus/prometheus/cmd/prometheus' },
    // Only what prometheus.yml of dist/ uses: the clients of every cloud would double the time of the build.
    tags: 'remove_all_sd,enable_kubernetes_sd',
  },
  kiali: {
    folder: 'kiali',
    module: 'github.com/kiali/kiali',
    packages: { kiali: 'github.com/kiali/kiali' },
  },
  fluxSource: {
    folder: 'flux-source',
    module: 'github.com/fluxcd/source-controller',
    packages: { 'source-controller': 'github.com/fluxcd/source-controller' },
  },
  fluxKustomize: {
    folder: 'flux-kustomize',
    module: 'github.com/fluxcd/kustomize-controller',
    packages: { 'kustomize-controller': 'github.com/fluxcd/kustomize-controller' },
  },
  fluxHelm: {
    folder: 'flux-helm',
    module: 'github.com/fluxcd/helm-controller',
    packages: { 'helm-controller': 'github.com/fluxcd/helm-controller' },
  },
  argocd: {
    folder: 'argocd',
    module: 'github.com/argoproj/argo-cd/v3',
    packages: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
  },
  kustomize: {
    folder: 'kustomize',
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    packages: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
  },
  vault: {
    folder: 'vault',
    module: 'github.com/hashicorp/vault',
    packages: { vault: 'github.com/hashicorp/vault' },
  },
  certManager: {
    folder: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    packages: { controllers: '.' },
  },
  standIns: {
    folder: '../stand-ins',
    packages: { bookinfo: './bookinfo', 'node-driver-registrar': './registrar' },
  },
} as const satisfies Readonly<Record<string, ProgramFamily>>;

export type FamilyName = keyof typeof FAMILIES;

/** Families that only some proofs run. Every run needs the others for its clusters. */
const OF_SOME_PROOFS: ReadonlySet<FamilyName> = new Set([
  ...(['argocd', 'fluxHelm', 'fluxKustomize', 'fluxSource', 'kustomize'] as const),
  ...(['certManager', 'previousSpire', 'vault'] as const),
  'oldestKubernetes',
]);

/**
 * The families that a run needs, in the order in which they are built.
 * @param asked what its proofs need beside the clusters
 */
export function neededFamilies(asked: readonly FamilyName[]): readonly FamilyName[] {
  return (Object.keys(FAMILIES) as FamilyName[]).filter((name) => !OF_SOME_PROOFS.has(name) || asked.includes(name));
}

/** A family by its name, without what only its own entry knows. */
export function familyOf(name: FamilyName): ProgramFamily {
  return FAMILIES[name];
}

/** Folder with the go.mod of a family. */
export function folderOf(name: FamilyName): string {
  return join(__dirname, familyOf(name).folder);
}

/** Version of a family's module, as its go.mod requires it; undefined for the stand-ins. */
export function versionOf(name: FamilyName): string | undefined {
  const { module } = familyOf(name);
  if (module === undefined) return undefined;
  const text = readFileSync(join(folderOf(name), 'go.mod'), 'utf8');
  const version = new RegExp(`^(?:require)?\\s+${module.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) throw new Error(`${folderOf(name)}/go.mod does not require ${module}`);
  return version;
}
