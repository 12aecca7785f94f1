/** Lists what must exist in each cluster, or around it, before the output works. */
import { METALLB, SIDECAR_TEMPLATES, TEMPLATES_ANNOTATION } from '../model/names';
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';

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

/** An agent that cannot verify its kubelet reports itself ready all the same; this tells beforehand. */
const KUBELET_CHECK = [
  'Whether an agent can verify the kubelet of a node, asked from a machine that reaches the node:',
  '',
  '```sh',
  "kubectl get configmap kube-root-ca.crt -n default -o jsonpath='{.data.ca\\.crt}' > cluster-ca.pem",
  'openssl s_client -connect NODE_IP:10250 -verify_ip NODE_IP -CAfile cluster-ca.pem </dev/null | grep "Verify return code: 0"',
  '```',
  '',
  'If it prints nothing (kubeadm and kind make self-signed certificates), set `serverTLSBootstrap: true` in the kubelets and',
  'approve their requests, or `kubelet: { verification: false }` in the fleet. Agents log `x509: cannot validate certificate`.',
];

function requirementsOf(cluster: ResolvedCluster): readonly Requirement[] {
  const { requiredSecrets, workloads, loadBalancer, kubelet, spire, istio } = cluster;
  return [
    ...requiredSecrets.map(({ namespace, name, type, keys, purpose }) => ({
      what: `Secret \`${namespace}/${name}\` of type ${type} with ${keys.map((key) => `\`${key}\``).join(', ')}`,
      why: purpose,
    })),
    ...workloads.flatMap(podsFromElsewhere),
    ...(loadBalancer === undefined
      ? []
      : [{ what: `MetalLB in \`${METALLB.namespace}\``, why: 'gives the Services their addresses' }]),
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
            what: "kubelets whose certificates the cluster's CA signed, for the node's IP",
            why: 'agents verify them; see below',
          },
        ]
      : []),
    { what: `istioctl ${istio.version}, or Istio's charts of that version`, why: 'installs Istio' },
  ];
}

function podsFromElsewhere({ name, namespace, expectedPods: pods }: ResolvedWorkload): readonly Requirement[] {
  if (pods === undefined) {
    return [];
  }
  const labels = Object.entries(pods.labels).map(([key, value]) => `\`${key}=${value}\``);
  const service = pods.service === undefined ? '' : `, Service \`${pods.service}\``;
  return [
    {
      what:
        `namespace \`${namespace}\`${service} and pods with ${labels.join(', ')}, ServiceAccount \`${pods.serviceAccount}\` ` +
        `and the annotation \`${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}\``,
      why: `${name} is deployed from elsewhere`,
    },
  ];
}
