/** The table of prerequisites in and around each cluster. */
import { isIP } from 'node:net';
import {
  CSI_DRIVER,
  ISTIO,
  METALLB,
  SIDECAR_TEMPLATES,
  SPIRE_SERVER,
  TEMPLATES_ANNOTATION,
  WORKLOAD_SOCKET,
} from '../model/names';
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';
import { FINE_GRAINED_KUBELETS, kubeletPodsResource } from '../model/versions';
import { allPlugins } from '../spire-plugins/server-plugins';
import { purposeOf } from './secret-purpose';

interface Requirement {
  readonly what: string;
  readonly why: string;
}

export function renderRequirements(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.flatMap((cluster) =>
    requirementsOf(cluster).map(({ what, why }) => `| ${cluster.name} | ${what} | ${why} |`),
  );
  const verifying = fleet.clusters.some(({ kubelet }) => kubelet.verification);
  return ['| cluster | what | why |', '|---|---|---|', ...rows, ...(verifying ? ['', ...KUBELET_CHECK] : [])].join(
    '\n',
  );
}

/** An agent reports that it is ready even if it cannot verify its kubelet. This check finds the fault beforehand. */
const KUBELET_CHECK = [
  'Whether an agent can verify the kubelet of a node, asked from a machine that reaches the node:',
  '',
  '```sh',
  "kubectl --context CLUSTER get configmap kube-root-ca.crt -n default -o jsonpath='{.data.ca\\.crt}' > cluster-ca.pem",
  'openssl s_client -connect NODE_IP:10250 -verify_ip NODE_IP -CAfile cluster-ca.pem </dev/null | grep "Verify return code: 0"',
  'openssl s_client -connect NODE_IP:10250 -verify_hostname NODE_NAME -CAfile cluster-ca.pem </dev/null | grep "Verify return code: 0"',
  '```',
  '',
  'The first is for `kubelet: { address: hostIP }`, the default, the second for `nodeName`. Where only the second prints a line, as on',
  "AKS and OpenShift, write `kubelet: { address: nodeName }` in the fleet; the cluster's DNS must know the names of the nodes. Where",
  'neither does (kubeadm and kind make self-signed certificates), set `serverTLSBootstrap: true` in the kubelets and approve their',
  'requests, or write `kubelet: { verification: false }`. Agents log `x509: cannot validate certificate`.',
];

function requirementsOf(cluster: ResolvedCluster): readonly Requirement[] {
  const { requiredSecrets, plugins, workloads, kubelet, spire, istio, kubernetes } = cluster;
  return [
    oldestKubelet(kubernetes),
    ...requiredSecrets.map(({ namespace, name, type, keys, use }) => ({
      what: `Secret \`${namespace}/${name}\` of type ${type} with ${keys.map((key) => `\`${key}\``).join(', ')}`,
      why: purposeOf(use),
    })),
    ...allPlugins(plugins).flatMap(({ requirements = [] }) => requirements),
    ...workloads.flatMap((workload) => podsFromElsewhere(workload, istio?.cni ?? false)),
    ...plainNamespaces(cluster),
    ...addresses(cluster),
    ...(spire.storage.storageClass === undefined
      ? [
          {
            what: 'a default StorageClass',
            why: "keeps the SPIRE server's volume; else set `storage: { storageClass: … }`",
          },
        ]
      : []),
    ...(kubelet.verification
      ? [
          {
            what: `kubelets whose certificates the cluster's CA signed, for the node's ${kubelet.address === 'hostIP' ? 'IP' : 'name'}`,
            why: 'agents verify them; see below',
          },
        ]
      : []),
    ...(kubelet.address === 'nodeName'
      ? [{ what: "DNS of the cluster that knows the nodes' names", why: 'agents dial their kubelets by name' }]
      : []),
    ...(spire.networkPolicies
      ? [
          {
            what: `API servers that listen at ${spire.apiServerPorts.join(' or ')}, and DNS at ${spire.dnsPorts.join(' or ')}, where NetworkPolicies are enforced`,
            why: 'they are held against the ports behind the Services, `kubectl get endpointslices -A`; else set `spire: { apiServerPorts, dnsPorts }`',
          },
        ]
      : []),
    ...ownPrometheus(cluster),
    ...(istio?.cni ? [CNI_FOLDERS] : []),
    ...(istio === undefined
      ? []
      : [{ what: `istioctl ${istio.version}, or Istio's charts of that version`, why: 'installs Istio' }]),
  ];
}

/** The oldest supported kubelet. It depends on the permission that agents have on kubelets. */
function oldestKubelet(kubernetes: string): Requirement {
  return kubeletPodsResource(kubernetes) === 'nodes/pods'
    ? {
        what: `Kubernetes ${FINE_GRAINED_KUBELETS} or later on every node`,
        why: `agents are granted \`nodes/pods\` alone, which kubelets know since ${FINE_GRAINED_KUBELETS}; an older one answers 403, and its pods get no SVID`,
      }
    : {
        what: `Kubernetes ${kubernetes} or later on every node`,
        why: `agents are granted \`nodes/proxy\`, which kubelets before ${FINE_GRAINED_KUBELETS} ask for; raise the version in the fleet after the last node, and from ${FINE_GRAINED_KUBELETS} on they are granted \`nodes/pods\` alone`,
      };
}

const CNI_FOLDERS: Requirement = {
  what: `nodes whose CNI plugins are in \`/opt/cni/bin\` and their configuration in \`/etc/cni/net.d\`, and Pod Security \`privileged\` in \`${ISTIO.cniNamespace}\``,
  why: "Istio's CNI plugin is installed there; it runs in that namespace",
};

/** The Prometheus that Kiali asks, where the output deploys none. */
function ownPrometheus({ observability }: ResolvedCluster): readonly Requirement[] {
  const prometheus = observability?.prometheus;
  if (prometheus === undefined || prometheus.deployed) return [];
  return [
    {
      what: `a Prometheus at \`${prometheus.url}\`, which pods in \`${ISTIO.namespace}\` reach, and which scrapes istiod and the proxies`,
      why: 'Kiali draws the traffic from its figures; without them the graph stays empty',
    },
  ];
}

/** Namespaces that the output does not create but puts a policy into. */
function plainNamespaces({ istio, namespaces, workloads }: ResolvedCluster): readonly Requirement[] {
  const known = new Set([
    ...namespaces.map(({ name }) => name),
    ...workloads.map(({ namespace }) => namespace),
    'default',
  ]);
  return (istio?.plainText ?? [])
    .filter(({ namespace }) => !known.has(namespace))
    .map(({ namespace }) => ({
      what: `namespace \`${namespace}\``,
      why: 'its pods take plain text beside mutual TLS',
    }));
}

/** The load balancer that assigns the addresses of Services, and the DNS records for them. */
function addresses({
  loadBalancer,
  bundleEndpoint,
  serverApi,
  gateway,
  spire,
}: ResolvedCluster): readonly Requirement[] {
  const services = [
    ...(bundleEndpoint === undefined
      ? []
      : [
          {
            service: `${spire.serverNamespace}/${SPIRE_SERVER.bundleEndpointService}`,
            address: bundleEndpoint.address,
            balanced: bundleEndpoint.exposure.addressOf === 'service',
          },
        ]),
    ...(serverApi === undefined
      ? []
      : [
          {
            service: `${spire.serverNamespace}/${SPIRE_SERVER.apiService}`,
            address: serverApi.address,
            balanced: true,
          },
        ]),
    ...(gateway === undefined
      ? []
      : [{ service: `${ISTIO.namespace}/${ISTIO.gateway}`, address: gateway.address, balanced: true }]),
  ];
  if (loadBalancer !== undefined) {
    return [
      {
        what: `MetalLB 0.14.9 or later in \`${METALLB.namespace}\`, with a speaker on a node that is not labelled \`node.kubernetes.io/exclude-from-external-load-balancers\``,
        why: 'gives the Services their addresses; earlier ones do not know its annotations',
      },
    ];
  }
  return services.map(({ service, address, balanced }) => ({
    what: `${isIP(address) === 0 ? `a DNS record \`${address}\`` : `the address \`${address}\``} that leads to Service \`${service}\`${balanced ? ', of type LoadBalancer' : ''}`,
    why: 'other clusters dial it',
  }));
}

/** Pods that the output does not deploy need injection. Without it the guard refuses them; without a guard they run without an identity. */
function podsFromElsewhere(
  { name, namespace, proxied, expectedPods: pods }: ResolvedWorkload,
  cni: boolean,
): readonly Requirement[] {
  if (pods === undefined) {
    return [];
  }
  const labels = Object.entries(pods.labels).map(([key, value]) => `\`${key}=${value}\``);
  const service = pods.service === undefined ? '' : `, Service \`${pods.service}\``;
  const forInit = cni ? '' : ' and room for istio-init (Pod Security `privileged`)';
  const room = proxied ? ` with the label \`istio-injection=enabled\`${forInit}` : '';
  const identity = proxied
    ? `the annotation \`${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}\``
    : `an inline volume of the CSI driver \`${CSI_DRIVER.driver}\`, read-only, whose \`${WORKLOAD_SOCKET.fileName}\` is the Workload API`;
  return [
    {
      what:
        `namespace \`${namespace}\`${room}${service}, and pods with ${labels.join(', ')}, ` +
        `ServiceAccount \`${pods.serviceAccount}\` and ${identity}`,
      why: `${name} is deployed from elsewhere`,
    },
  ];
}
