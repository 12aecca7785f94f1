/** The table of prerequisites in and around each cluster. */
import { isIP } from 'node:net';
import {
  ADMIN_SOCKET,
  CSI_DRIVER,
  ISTIO,
  METALLB,
  SIDECAR_TEMPLATES,
  SPIRE_SERVER,
  TEMPLATES_ANNOTATION,
} from '../model/names';
import type { ResolvedCluster, ResolvedFleet, ResolvedSpire, ResolvedWorkload } from '../model/resolved-fleet';
import { FINE_GRAINED_KUBELETS, kubeletPodsResource } from '../model/versions';
import { planAgentPlugins } from '../spire-plugins/by-name/agent-plans';
import { allPlugins, needsVolume } from '../spire-plugins/server-plugins';
import type { Requirement } from './requirement';
import { purposeOf } from './secret-purpose';
import { telemetryRequirements } from './telemetry-requirements';

export function renderRequirements(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.flatMap((cluster) =>
    requirementsOf(cluster).map(({ what, why }) => `| ${cluster.name} | ${what} | ${why} |`),
  );
  const verifying = fleet.clusters.some(({ kubelet }) => kubelet.verification);
  return ['| cluster | what | why |', '|---|---|---|', ...rows, ...(verifying ? ['', ...KUBELET_CHECK] : [])].join(
    '\n',
  );
}

/** An agent reports ready even if it cannot verify its kubelet. This check finds the fault before the apply. */
const KUBELET_CHECK = [
  'To check that agents can verify the kubelet of a node, run these commands on a machine that can reach the node:',
  '',
  '```sh',
  "kubectl --context CLUSTER get configmap kube-root-ca.crt -n default -o jsonpath='{.data.ca\\.crt}' > cluster-ca.pem",
  'openssl s_client -connect NODE_IP:10250 -verify_ip NODE_IP -CAfile cluster-ca.pem </dev/null | grep "Verify return code: 0"',
  'openssl s_client -connect NODE_IP:10250 -verify_hostname NODE_NAME -CAfile cluster-ca.pem </dev/null | grep "Verify return code: 0"',
  '```',
  '',
  'The first `openssl` is for `kubelet: { address: hostIP }`, the default, the second for `nodeName`. If only the second prints a line, as',
  'on OpenShift, set `kubelet: { address: nodeName }` in the fleet; the DNS of the cluster must resolve the names of the nodes. If',
  'neither does (kubeadm and kind create self-signed certificates), set `serverTLSBootstrap: true` in the kubelets and approve their',
  'certificate requests, or set `kubelet: { verification: false }`. Agents that cannot verify log `x509: cannot validate certificate`.',
];

function requirementsOf(cluster: ResolvedCluster): readonly Requirement[] {
  const { requiredSecrets, plugins, workloads, kubelet, spire, istio, kubernetes } = cluster;
  return [
    oldestKubelet(kubernetes),
    ...requiredSecrets.map(({ namespace, name, type, keys, use }) => ({
      what: `Secret \`${namespace}/${name}\` of type ${type} with ${keys.map((key) => `\`${key}\``).join(', ')}`,
      why: purposeOf(use),
    })),
    ...[...allPlugins(plugins), ...planAgentPlugins(spire)].flatMap(({ requirements = [] }) => requirements),
    ...(spire.server.cloudIdentity?.requirements ?? []),
    ...(spire.server.autoscaling === undefined
      ? []
      : [
          {
            what: 'the metrics server (API `metrics.k8s.io`)',
            why: 'the HorizontalPodAutoscaler of the SPIRE server reads CPU metrics from it; without them, the number of servers never changes',
          },
        ]),
    ...workloads.flatMap((workload) => podsFromElsewhere(workload, spire, istio?.cni ?? false)),
    ...plainNamespaces(cluster),
    ...addresses(cluster),
    ...(needsVolume(plugins) && spire.storage.storageClass === undefined
      ? [
          {
            what: 'a default StorageClass',
            why: 'provides the volume of the SPIRE server; otherwise set `storage: { storageClass: … }`',
          },
        ]
      : []),
    ...(kubelet.verification
      ? [
          {
            what: `kubelets with certificates that the cluster's CA signed for the ${kubelet.address === 'hostIP' ? 'IP address' : 'name'} of the node`,
            why: 'agents verify them; see below',
          },
        ]
      : []),
    ...(kubelet.address === 'nodeName'
      ? [{ what: 'cluster DNS that resolves the names of the nodes', why: 'agents connect to their kubelets by name' }]
      : []),
    ...(spire.networkPolicies
      ? [
          {
            what: `if NetworkPolicies are enforced: API servers at port ${spire.apiServerPorts.join(' or ')}, and DNS at port ${spire.dnsPorts.join(' or ')}`,
            why: 'NetworkPolicies apply to the ports behind the Services (`kubectl get endpointslices -A`); for other ports, set `spire: { apiServerPorts, dnsPorts }`',
          },
        ]
      : []),
    ...bundleByUrl(cluster),
    ...delegates(spire),
    ...ownPrometheus(cluster),
    ...telemetryRequirements(spire),
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
        why: `agents have only the permission \`nodes/pods\`, which kubelets support since ${FINE_GRAINED_KUBELETS}; an older kubelet responds with 403, and its pods get no SVID`,
      }
    : {
        what: `Kubernetes ${kubernetes} or later on every node`,
        why: `agents have the permission \`nodes/proxy\`, which kubelets before ${FINE_GRAINED_KUBELETS} require; after the last node is upgraded, raise the version in the fleet; from ${FINE_GRAINED_KUBELETS} on, agents have only \`nodes/pods\``,
      };
}

const CNI_FOLDERS: Requirement = {
  what: `nodes with CNI plugins in \`/opt/cni/bin\` and their configuration in \`/etc/cni/net.d\`, and Pod Security \`privileged\` in \`${ISTIO.cniNamespace}\``,
  why: "Istio's CNI plugin is installed in these folders and runs in that namespace",
};

/** The Prometheus that Kiali queries, if the output deploys none. */
function ownPrometheus({ observability }: ResolvedCluster): readonly Requirement[] {
  const prometheus = observability?.prometheus;
  if (prometheus === undefined || prometheus.deployed) return [];
  return [
    {
      what: `a Prometheus at \`${prometheus.url}\`, which pods in \`${ISTIO.namespace}\` reach, and which scrapes istiod and the proxies`,
      why: 'Kiali draws its graph from these metrics; without them, the graph is empty',
    },
  ];
}

/** The bundle that agents fetch, which nobody but the person can keep current. */
function bundleByUrl({ spire, trustDomain }: ResolvedCluster): readonly Requirement[] {
  const { trustBundle } = spire.agent;
  if (trustBundle === undefined) return [];
  const { url, format } = trustBundle;
  return [
    {
      what: `the current trust bundle of \`${trustDomain}\` at \`${url}\`, ${format === 'pem' ? 'in PEM' : 'as a SPIFFE bundle'}, on a host with a certificate of a public CA`,
      why: 'agents verify the SPIRE server by it before they have attested; if it is missing or out of date, new nodes get no SVIDs. A publisher in `spire: { server: { bundlePublishers: … } }` can keep it current',
    },
  ];
}

/** Pods that ask an agent for the SVIDs of others. The socket has the mode 0770, and root owns it. */
function delegates({ agent }: ResolvedSpire): readonly Requirement[] {
  if (agent.delegates === undefined) return [];
  return [
    {
      what:
        `pods with ${agent.delegates.map((id) => `\`${id}\``).join(' or ')} that mount the hostPath \`${ADMIN_SOCKET.hostDirectory}\`, ` +
        'run as root, and are in a namespace with Pod Security `privileged`',
      why: `delegates get the SVIDs of every pod on their node at \`${ADMIN_SOCKET.fileName}\` in that folder`,
    },
  ];
}

/** Namespaces that the output does not create, but in which it creates a policy. */
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
      why: 'its pods accept plain text in addition to mutual TLS',
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
        why: 'assigns the addresses of the Services; earlier versions do not support its annotations',
      },
    ];
  }
  return services.map(({ service, address, balanced }) => ({
    what: `${isIP(address) === 0 ? `a DNS record \`${address}\`` : `the address \`${address}\``} for Service \`${service}\`${balanced ? ', of type LoadBalancer' : ''}`,
    why: 'other clusters connect to it',
  }));
}

/** Pods that the output does not deploy need injection. Without it the guard refuses them; without a guard they run without an identity. */
function podsFromElsewhere(
  { name, namespace, proxied, expectedPods: pods }: ResolvedWorkload,
  { agent }: ResolvedSpire,
  cni: boolean,
): readonly Requirement[] {
  if (pods === undefined) {
    return [];
  }
  const labels = Object.entries(pods.labels).map(([key, value]) => `\`${key}=${value}\``);
  const service = pods.service === undefined ? '' : `, Service \`${pods.service}\``;
  const forInit = cni ? '' : ' and Pod Security `privileged` for istio-init';
  const room = proxied ? ` with the label \`istio-injection=enabled\`${forInit}` : '';
  const identity = proxied
    ? `the annotation \`${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}\``
    : `an inline volume of the CSI driver \`${CSI_DRIVER.driver}\`, read-only, with the Workload API at \`${agent.socket.name}\``;
  return [
    {
      what:
        `namespace \`${namespace}\`${room}${service}, and pods with ${labels.join(', ')}, ` +
        `ServiceAccount \`${pods.serviceAccount}\` and ${identity}`,
      why: `you deploy ${name}; the output does not`,
    },
  ];
}
