/** Writes dist/README.md: the fleet as a picture, what a person must provide, and the order of applying. */
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';
import { istioFolder } from './cluster-app';
import { LAYERS, type ManifestFile } from './manifest-file';

/** Layers that must be applied before Istio is installed, and those that need it. */
const LAYERS_BEFORE_ISTIO = 5;

export function renderTopologyPage(
  fleet: ResolvedFleet,
  filesOf: ReadonlyMap<string, readonly ManifestFile[]>,
): string {
  return [
    `# Fleet ${fleet.name}`,
    '```mermaid',
    picture(fleet),
    '```',
    'Thick lines are federations, arrows are calls.',
    '',
    '## Clusters',
    clusterTable(fleet),
    '',
    '## What you provide',
    provided(fleet),
    '',
    '## Order of applying',
    'Clusters are independent of each other; apply them in any order, or at the same time.',
    'A federation comes up by itself once both ends run.',
    '',
    ...fleet.clusters.flatMap((cluster) => steps(cluster, filesOf.get(cluster.name) ?? [])),
  ].join('\n');
}

function picture(fleet: ResolvedFleet): string {
  const id = (...parts: readonly string[]): string => parts.join('_').replaceAll(/[^A-Za-z0-9_]/g, '-');
  const lines = fleet.clusters.flatMap((cluster) => [
    `  subgraph ${id('c', cluster.name)}["${cluster.name} · ${cluster.trustDomain}"]`,
    `    ${id('s', cluster.name)}[SPIRE server]`,
    ...(cluster.gateway === undefined ? [] : [`    ${id('g', cluster.name)}{{gateway ${cluster.gateway.address}}}`]),
    ...cluster.workloads.map((workload) => `    ${id('w', workload.name)}(${workload.name})`),
    '  end',
  ]);
  const links = fleet.links.map(({ ends: [one, other] }) => `  ${id('s', one)} === ${id('s', other)}`);
  const calls = fleet.calls.map(({ caller, callerCluster, called, calledCluster }) =>
    callerCluster === calledCluster
      ? `  ${id('w', caller)} --> ${id('w', called)}`
      : `  ${id('w', caller)} -->|mTLS| ${id('g', calledCluster)} --> ${id('w', called)}`,
  );
  return ['flowchart LR', ...lines, ...links, ...calls].join('\n');
}

function clusterTable(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.map((cluster) =>
    [
      cluster.name,
      `\`${cluster.trustDomain}\``,
      `1.${cluster.kubernetes.split('.')[1]}`,
      cluster.spire.serverVersion === cluster.spire.agentVersion
        ? cluster.spire.serverVersion
        : `${cluster.spire.serverVersion}, agents ${cluster.spire.agentVersion}`,
      cluster.istio.version,
      cluster.bundleEndpoint === undefined ? '–' : `\`${cluster.bundleEndpoint.url}\``,
      cluster.peers.map((peer) => peer.cluster).join(', ') || '–',
    ].join(' | '),
  );
  return [
    '| cluster | trust domain | Kubernetes | SPIRE | Istio | bundle endpoint | federates with |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function provided(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.flatMap((cluster) => [
    ...cluster.requiredSecrets.map(
      (secret) =>
        `| ${cluster.name} | Secret \`${secret.namespace}/${secret.name}\` of type ${secret.type}, keys ${secret.keys.map((key) => `\`${key}\``).join(', ')} | ${secret.purpose} |`,
    ),
    ...cluster.workloads.flatMap((workload) => expectedPods(cluster.name, workload)),
    ...(cluster.loadBalancer === undefined
      ? []
      : [`| ${cluster.name} | MetalLB in \`metallb-system\` | gives the Services their addresses |`]),
    ...(cluster.kubelet.verification
      ? [
          `| ${cluster.name} | kubelets whose serving certificate is signed by the cluster's CA and names the node's IP | agents verify it; else set \`kubelet: { verification: false }\` |`,
        ]
      : []),
  ]);
  return ['| cluster | what | why |', '|---|---|---|', ...rows].join('\n');
}

function expectedPods(cluster: string, { name, namespace, expectedPods: pods }: ResolvedWorkload): readonly string[] {
  if (pods === undefined) {
    return [];
  }
  const labels = Object.entries(pods.labels).map(([key, value]) => `\`${key}=${value}\``);
  const service = pods.service === undefined ? '' : `, Service \`${pods.service}\``;
  return [
    `| ${cluster} | namespace \`${namespace}\`${service} and pods with ${labels.join(', ')}, ServiceAccount \`${pods.serviceAccount}\` ` +
      `and the annotation \`inject.istio.io/templates: sidecar,spire\` | ${name} is deployed from elsewhere |`,
  ];
}

function steps(cluster: ResolvedCluster, files: readonly ManifestFile[]): readonly string[] {
  const present = LAYERS.filter((layer) => files.some((file) => file.layer === layer));
  const before = present.filter((layer) => LAYERS.indexOf(layer) < LAYERS_BEFORE_ISTIO);
  const after = present.filter((layer) => LAYERS.indexOf(layer) >= LAYERS_BEFORE_ISTIO);
  const apply = (layer: string): string => `kubectl apply --server-side -k ${cluster.name}/${layer}`;
  const secrets = cluster.requiredSecrets.map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    `### ${cluster.name}`,
    '',
    '```sh',
    ...before.flatMap((layer) => [
      apply(layer),
      ...(layer === 'crds'
        ? [`kubectl wait --for=condition=Established --timeout=60s -f ${cluster.name}/crds/spire.yaml`]
        : []),
      ...(layer === 'namespaces' && secrets.length > 0 ? [`# now create the Secrets ${secrets.join(', ')}`] : []),
    ]),
    `istioctl install -y -f ${istioFolder(cluster.name)}/istio-operator.yaml   # or Istio's charts with the values beside it`,
    ...after.map(apply),
    '```',
    '',
  ];
}
