/** The commands that install Istio with its Helm charts, as an alternative to istioctl. */
import { istioFolder } from '../manifests/cluster-app';
import { chartsOf } from '../manifests/istio-charts';
import { chartRepository } from '../model/delivery/resolve-delivery';
import { ISTIO_RELEASES, releaseNamespace } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { shellWord } from '../problems/shell';

/** Markdown; empty for a fleet without Istio. The charts come from the repository that `delivery` names. */
export function renderHelmSteps({ clusters, delivery }: ResolvedFleet): readonly string[] {
  const charts = delivery?.charts ?? chartRepository();
  const commands = clusters.flatMap((cluster) => commandsOf(cluster, charts));
  if (commands.length === 0) return [];
  return [
    '### Istio from its charts',
    '',
    "Run these instead of a cluster's `istioctl` command, at the same step. Use only one of the two, because each would take over the objects of the other.",
    '',
    '```sh',
    ...commands,
    '```',
  ];
}

/** Commands in the order of the values, where each chart follows the charts that it needs. */
function commandsOf(cluster: ResolvedCluster, repository: string): readonly string[] {
  return Object.keys(chartsOf(cluster)).map((chart) => {
    const release = ISTIO_RELEASES[chart as keyof typeof ISTIO_RELEASES];
    const from = repository.startsWith('oci://')
      ? shellWord(`${repository}/${chart}`)
      : `${chart} --repo ${shellWord(repository)}`;
    return [
      `helm --kube-context ${cluster.name} upgrade --install ${release} ${from} --version ${cluster.istio?.version}`,
      `-n ${releaseNamespace(chart as keyof typeof ISTIO_RELEASES)} -f ${istioFolder(cluster.name)}/${chart}.values.yaml`,
      // The gateway gets its address from a pool of the last layer.
      ...(chart === 'gateway' ? [] : ['--wait']),
    ].join(' ');
  });
}
