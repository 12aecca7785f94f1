/** The commands that apply the output of a cluster, in an order in which each step finds its dependencies. */

import { applySecretCommand } from '../kubectl/apply-secret';
import { istioFolder } from '../manifests/cluster-app';
import type { InventoriedFile, InventoryOf } from '../manifests/inventory';
import type { ResolvedSecret } from '../model/cluster/resolved-secret';
import { LAYERS, type Layer } from '../model/delivery/layers';
import { CSI_DRIVER, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { ownCommand, type Written } from '../problems/commands';
import { codeSpan } from '../text/markdown';

/** The last layer that does not need Istio. Istio's installation waits for its gateway, which needs all layers up to this one. */
const LAST_BEFORE_ISTIO: Layer = 'identities';

export function renderApplySteps(fleet: ResolvedFleet, filesOf: InventoryOf, paths: Written): string {
  const root = codeSpan(ownCommand('root', { fleet: paths.fleet }));
  return [
    'Run the commands in this folder. They expect kubectl contexts with the names of the clusters. Clusters do not wait for each other;',
    'a federation starts by itself after both servers run. You provide `CERTIFICATE_FILE` and `KEY_FILE`. For the upstream Secret, they are',
    `an intermediate CA; ${root} writes one for a trial to \`trust/private/\` next to the fleet file.`,
    ...(fleet.clusters.some(({ upstream }) => upstream !== undefined)
      ? [
          '',
          'Only a nested cluster waits: its server starts after the upstream server has signed its CA. So apply the upstream cluster first.',
        ]
      : []),
    ...inOrder(fleet.clusters).flatMap((cluster) => [
      '',
      `### ${cluster.name}`,
      '',
      '```sh',
      ...stepsOf(cluster, filesOf(cluster)),
      '```',
    ]),
  ].join('\n');
}

/** Sorts clusters before those that are nested under them. */
function inOrder(clusters: readonly ResolvedCluster[]): readonly ResolvedCluster[] {
  const isNested = ({ upstream }: ResolvedCluster): boolean => upstream !== undefined;
  return [...clusters.filter((cluster) => !isNested(cluster)), ...clusters.filter(isNested)];
}

function stepsOf(cluster: ResolvedCluster, files: readonly InventoriedFile[]): readonly string[] {
  const kubectl = `kubectl --context ${cluster.name}`;
  const present = LAYERS.filter((layer) => files.some((file) => file.layer === layer));
  return present.flatMap((layer) => [
    `${kubectl} apply --server-side -k ${cluster.name}/${layer}`,
    ...afterLayer(layer, cluster, kubectl),
  ]);
}

function afterLayer(layer: Layer, cluster: ResolvedCluster, kubectl: string): readonly string[] {
  const { serverNamespace, agentNamespace } = cluster.spire;
  const rollout = (namespace: string, what: string): string =>
    `${kubectl} rollout status -n ${namespace} ${what} --timeout=5m`;
  switch (layer) {
    case 'crds':
      return [`${kubectl} wait --for=condition=Established --timeout=60s -f ${cluster.name}/crds/spire.yaml`];
    case 'namespaces':
      return secretStepsOf(cluster);
    case 'spire-server':
      return [rollout(serverNamespace, `statefulset/${SPIRE_SERVER.name}`)];
    case 'spire-agent':
      return [
        rollout(agentNamespace, `daemonset/${SPIRE_AGENT.name}`),
        rollout(agentNamespace, `daemonset/${CSI_DRIVER.name}`),
      ];
    case LAST_BEFORE_ISTIO:
      return cluster.istio === undefined
        ? []
        : [`istioctl --context ${cluster.name} install -y -f ${istioFolder(cluster.name)}/istio-operator.yaml`];
    default:
      return [];
  }
}

/** Commands that create the Secrets of a cluster from files. */
export function secretStepsOf({
  name,
  requiredSecrets,
}: Pick<ResolvedCluster, 'name' | 'requiredSecrets'>): readonly string[] {
  return requiredSecrets.map((secret) => createSecret(secret, name));
}

/** Placeholders of the files that you provide, which are not part of the output. */
const FILE_OF: Readonly<Record<string, string>> = {
  'tls.crt': 'CERTIFICATE_FILE',
  'tls.key': 'KEY_FILE',
  'ca.crt': 'CALLERS_CA_FILE',
};

function fileOf(key: string): string {
  return (Object.hasOwn(FILE_OF, key) ? FILE_OF[key] : undefined) ?? 'FILE';
}

function createSecret({ namespace, name, type, keys }: ResolvedSecret, context: string): string {
  const create =
    type === 'kubernetes.io/tls'
      ? `kubectl create secret tls ${name} -n ${namespace} --cert=CERTIFICATE_FILE --key=KEY_FILE`
      : `kubectl create secret generic ${name} -n ${namespace} ${keys.map((key) => `--from-file=${key}=${fileOf(key)}`).join(' ')}`;
  return applySecretCommand(create, context);
}
