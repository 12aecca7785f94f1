/** The steps that set up Argo CD. */
import type { StepsProps } from '../tool-output';
import { ARGOCD_FOLDER } from './argocd-names';
import type { ResolvedArgoCd } from './argocd-settings';

/** Markdown. */
export function argoCdSteps({ fleet, tool }: StepsProps<ResolvedArgoCd>): readonly string[] {
  const { namespace, parentProject, clusterNames } = tool;
  const known = Object.values(clusterNames).map((name) => `\`${name}\``);
  return [
    '### Argo CD',
    '',
    `The context \`ARGOCD\` runs Argo CD 3.3 in \`${namespace}\`, which knows the repository and, by these names, the clusters ${known.join(', ')}.`,
    'Each cluster has a metrics server: without one, Argo CD takes the autoscalers of Istio for degraded and goes no further.',
    'The first file adds to its ConfigMap how it tells the health of resources of SPIRE; where something else writes that',
    'ConfigMap, copy the keys there.',
    '',
    '```sh',
    ...['argocd-cm', 'parent'].map(
      (name) => `kubectl --context ARGOCD apply --server-side -f ${ARGOCD_FOLDER}/${name}.yaml`,
    ),
    '```',
    '',
    `The Application \`${fleet}\`, in the project \`${parentProject}\`, keeps the project of the fleet and one Application for each cluster`,
    'up to date.',
  ];
}
