/** Names of objects that more than one component refers to, and labels that select pods. */
import { TOOL_NAMES } from '../delivery/settings-catalog';
import { DEFAULTS } from '../fleet/defaults';
import { UPSTREAM_AGENT_NAME } from '../spire-plugins/pod-paths';

/** Class of SPIRE resources, and of the controller manager that serves them, where nothing else is given. */
export const DEFAULT_CLASS: string = DEFAULTS.spire.className;

/** Label whose value chooses which ClusterSPIFFEID a pod falls under. */
export const IDENTITY_LABEL = 'spiffe.io/spire-managed-identity';
/** Value of the label for any pod of the mesh that is no workload of the fleet. */
export const MESH_IDENTITY = 'true';

/** Set by Kubernetes on every namespace; the only label that selects one namespace by name. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Selects the pods of a component. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const APP_LABEL = 'app.kubernetes.io/name';

/** Annotation that names the injection templates of a pod, joined by commas and merged in this order. */
export const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';

/** Asks Istio for a sidecar, or for none, whatever the label of the namespace. */
export const INJECT_LABEL = 'sidecar.istio.io/inject';

/** Istio's proxy in a pod, and the only container of a gateway. */
export const PROXY_CONTAINER = 'istio-proxy';

/** Annotation that tells which certificates are in an object: SHA-256 fingerprints, joined by blanks. */
export const FINGERPRINTS_ANNOTATION = 'cdk8s-spire/x509-authorities';

/** Every object of the output carries it. */
export const MANAGED_BY: { readonly [label: string]: string } = { 'app.kubernetes.io/managed-by': 'cdk8s-spire' };

/** Labels that select the pods of a component; a workload controller's selector cannot change, so neither may these. */
export function selectorLabels(component: string): Readonly<Record<string, string>> {
  return { [APP_LABEL]: component };
}

/** Labels of every object of a component. */
export function objectLabels(component: string, partOf: string): Readonly<Record<string, string>> {
  return {
    ...selectorLabels(component),
    ...MANAGED_BY,
    'app.kubernetes.io/part-of': partOf,
  };
}

/** Secret in the namespace of a nested server, with the certificate by which the agent beside it attests to the server above. */
export const NESTED_SERVER_SECRET = 'spire-upstream-agent';

export const SPIRE_SERVER = {
  name: 'spire-server',
  configMap: 'spire-server',
  service: 'spire-server',
  apiPort: 8081,
  /** The Service through which nested servers reach the server. */
  apiService: 'spire-server-api',
  bundleEndpointService: 'spire-server-bundle-endpoint',
  bundleEndpointPort: 8443,
  healthPort: 8080,
  /** As in the charts of SPIRE. */
  metricsPort: 9988,
  /** A role in the namespace of the agents, for the ConfigMap that hands the bundle over. */
  bundleRole: 'spire-server-bundle',
  /** A role in the namespace of the server, for what its plugins need there. */
  pluginRole: 'spire-server-plugins',
  clusterRole: 'spire-server',
  volumeClaim: 'spire-data',
} as const;

export const CONTROLLER_MANAGER = {
  name: 'spire-controller-manager',
  configMap: 'spire-controller-manager',
  clusterRole: 'spire-controller-manager',
  leaderElectionRole: 'spire-controller-manager-leader-election',
  /** Name of the Lease; any stable name serves. */
  leaderElectionLease: 'spire-controller-manager',
  webhook: 'spire-controller-manager-webhook',
  webhookService: 'spire-controller-manager-webhook',
  /** Fixed in the program, whatever its configuration says. */
  webhookPort: 9443,
  healthPort: 8083,
  metricsPort: 8082,
} as const;

export const SPIRE_AGENT = {
  name: 'spire-agent',
  configMap: 'spire-agent',
  clusterRole: 'spire-agent',
  healthPort: 9982,
  /** As in the charts of SPIRE. */
  metricsPort: 9988,
} as const;

/** Variable with the address at which an agent finds the kubelet of its node. */
export const KUBELET_ADDRESS_ENV = 'KUBELET_ADDRESS';

/** The agent beside a nested server, which gets that server its SVID from the server above. */
export const UPSTREAM_AGENT = {
  name: UPSTREAM_AGENT_NAME,
  configMap: UPSTREAM_AGENT_NAME,
  healthPort: 9982,
  /** Differs from the port of the server, whose pod it shares. An endpoint whose port is taken only logs the error. */
  metricsPort: 9989,
} as const;

/** Priority of everything that pods of the mesh cannot start without. */
export const SPIRE_PRIORITY_CLASS = 'spire-critical';

/** The images of SPIRE and of the CSI driver are for Linux; their DaemonSets tolerate every node. */
export const LINUX: { readonly [label: string]: string } = { 'kubernetes.io/os': 'linux' };

/** Written at run time by the server, read by the agents; never part of the output with data. */
export const BUNDLE_CONFIG_MAP = { name: 'spire-bundle', key: 'bundle.crt' } as const;

export const CSI_DRIVER = {
  /** Name of the CSI driver, which Istio's pods ask for. */
  driver: 'csi.spiffe.io',
  name: 'spiffe-csi-driver',
} as const;

/** The socket of the Workload API, which agents serve to pods. */
export const WORKLOAD_SOCKET = {
  /** On the node, unless a fleet says otherwise; a hostPath, so that a restarted agent is found again by running pods. */
  hostDirectory: '/run/spire/agent-sockets',
  /** Unless a fleet says otherwise. Istio's proxy looks for a socket of exactly this name. */
  fileName: 'socket',
  /** Istio's injection template mounts a volume of this name at this path; the same pair replaces it. */
  volume: 'workload-socket',
  proxyDirectory: '/var/run/secrets/workload-spiffe-uds',
  /** Where a program without proxy finds it, as SPIFFE's own examples have it; the variable leads its SDK there. */
  programDirectory: '/spiffe-workload-api',
  programVariable: 'SPIFFE_ENDPOINT_SOCKET',
} as const;

/**
 * The socket of an agent for delegates, who get SVIDs of other pods.
 * SPIRE refuses one in or below the folder of the Workload API, which every pod can mount.
 */
export const ADMIN_SOCKET = {
  /** On the node, whose pods mount it by a hostPath. */
  hostDirectory: '/run/spire/agent-admin',
  fileName: 'admin.sock',
} as const;

export const ISTIO = {
  namespace: 'istio-system',
  gateway: 'istio-ingressgateway',
  gatewayServiceAccount: 'istio-ingressgateway-service-account',
  /** Labels by which Gateways and policies find the gateway's pods. */
  gatewaySelector: { istio: 'ingressgateway' },
  /** Injection templates for pods whose identity comes from SPIRE. */
  sidecarTemplate: 'spire',
  gatewayTemplate: 'spire-gateway',
  /** Of the CNI plugin, which does more on its node than Pod Security baseline of Istio's own namespace admits. */
  cniNamespace: 'kube-system',
  /** ValidatingWebhookConfigurations of the charts base and istiod, for the default revision. */
  validators: ['istio-validator-istio-system', 'istiod-default-validator'],
} as const;

/** Labels that select the gateway's pods: the first one for Istio, the second one for SPIRE. */
export const GATEWAY_POD_LABELS: { readonly [key: string]: string } = {
  ...ISTIO.gatewaySelector,
  [IDENTITY_LABEL]: ISTIO.gateway,
};

/** Value of the templates' annotation for a workload's pods. */
export const SIDECAR_TEMPLATES = `sidecar,${ISTIO.sidecarTemplate}`;

export const METALLB = { namespace: 'metallb-system', pool: 'spire' } as const;

export const OBSERVABILITY = {
  prometheus: 'prometheus',
  prometheusPort: 9090,
  kiali: 'kiali',
  kialiPort: 20001,
} as const;

/** Folder of the output that holds what istioctl and Helm read. */
export const ISTIO_FOLDER = 'istio';

/** Folder of the output with a page for each partner; nothing in it is applied by us. */
export const PARTNERS_FOLDER = 'partners';

/** Releases of Istio's charts, by chart; also what istioctl and the charts' own documentation call them. */
export const ISTIO_RELEASES = {
  base: 'istio-base',
  cni: 'istio-cni',
  istiod: 'istiod',
  gateway: ISTIO.gateway,
} as const;

/** Namespace into which a release of a chart goes. */
export function releaseNamespace(chart: keyof typeof ISTIO_RELEASES): string {
  return chart === 'cni' ? ISTIO.cniNamespace : ISTIO.namespace;
}

/** The rule that gives a workload's pods their identity, and its file. */
export function workloadIdentityName(workload: string): string {
  return `workload-${workload}`;
}

/** Folders of the output beside those of the clusters, which are named like the clusters. */
export const RESERVED_FOLDERS: readonly string[] = [...TOOL_NAMES, ISTIO_FOLDER, PARTNERS_FOLDER];

/** Namespaces in which no workload can live. */
export function reservedNamespaces(spireNamespaces: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    ...['kube-system', 'kube-public', 'kube-node-lease'].map((name) => [name, 'Kubernetes'] as const),
    ...spireNamespaces.map((name) => [name, 'SPIRE'] as const),
    [ISTIO.namespace, 'Istio'],
    [METALLB.namespace, 'MetalLB'],
  ]);
}
