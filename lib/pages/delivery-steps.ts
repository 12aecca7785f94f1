/** How to set up each GitOps tool, and the tasks that remain manual. */

import type { ResolvedArgoCd } from '../gitops/argocd';
import type { ResolvedFlux } from '../gitops/flux';
import { kubeconfigSecret } from '../gitops/flux';
import { applySecretCommand } from '../kubectl/apply-secret';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { codeSpan } from '../text/markdown';
import { secretStepsOf } from './apply-steps';

/** Markdown; empty for a fleet that names no tool. */
export function renderDelivery({ name, clusters, delivery }: ResolvedFleet): readonly string[] {
  if (delivery === undefined) return [];
  const { repo, branch, path, flux, argocd } = delivery;
  return [
    `In place of the commands above, a GitOps tool applies ${codeSpan(path)} of branch ${codeSpan(branch)} of ${codeSpan(repo)}, Istio from its charts`,
    'included. The Secrets come first, by hand or by whatever keeps your secrets; run in this folder:',
    '',
    '```sh',
    ...clusters.flatMap(secretsOf),
    '```',
    ...(flux === undefined ? [] : ['', ...fluxSteps(name, clusters, flux)]),
    ...(argocd === undefined ? [] : ['', ...argoCdSteps(name, argocd)]),
    '',
    ...(flux === undefined || argocd === undefined
      ? []
      : ['Only one of the two may apply a cluster: two would take turns with every object.', '']),
    ...GUARANTEES.map((line) => `- ${line}`),
  ];
}

function secretsOf(cluster: ResolvedCluster): readonly string[] {
  if (cluster.requiredSecrets.length === 0) return [];
  return [
    `kubectl --context ${cluster.name} apply --server-side -k ${cluster.name}/namespaces`,
    ...secretStepsOf(cluster),
  ];
}

function fluxSteps(fleet: string, clusters: readonly ResolvedCluster[], flux: ResolvedFlux): readonly string[] {
  const { central, namespace, secret } = flux;
  const credentials =
    secret === undefined ? '' : ` The Secret \`${namespace}/${secret}\` holds credentials for the repository.`;
  if (!central) {
    return [
      '### Flux, one in each cluster',
      '',
      `Each cluster runs source-controller 1.9, kustomize-controller 1.9 and helm-controller 1.6 in \`${namespace}\`.${credentials}`,
      '',
      '```sh',
      ...clusters.map(({ name }) => `kubectl --context ${name} apply --server-side -k flux/${name}`),
      '```',
      '',
      ...watching(`kubectl --context ${clusters[0]?.name ?? fleet} get kustomizations,helmreleases -n ${namespace}`),
    ];
  }
  return [
    '### Flux, one for all clusters',
    '',
    `The context \`MANAGEMENT\` runs source-controller 1.9, kustomize-controller 1.9 and helm-controller 1.6 in \`${namespace}\`.${credentials}`,
    'A kubeconfig must hold its certificates and keys itself; Flux runs no program for them.',
    '',
    '```sh',
    ...clusters.map(({ name }) => {
      const file = `KUBECONFIG_OF_${name.toUpperCase().replaceAll('-', '_')}`;
      const create = `kubectl create secret generic ${kubeconfigSecret(name)} -n ${namespace} --from-file=value=${file}`;
      return applySecretCommand(create, 'MANAGEMENT');
    }),
    'kubectl --context MANAGEMENT apply --server-side -k flux',
    '```',
    '',
    ...watching(`kubectl --context MANAGEMENT get kustomizations,helmreleases -n ${namespace}`),
  ];
}

function watching(command: string): readonly string[] {
  return [`From then on it follows the repository, its own objects included. \`${command}\` shows how far it is.`];
}

function argoCdSteps(fleet: string, { namespace, parentProject, clusterNames }: ResolvedArgoCd): readonly string[] {
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
    'kubectl --context ARGOCD apply --server-side -f argocd/argocd-cm.yaml',
    'kubectl --context ARGOCD apply --server-side -f argocd/parent.yaml',
    '```',
    '',
    `The Application \`${fleet}\`, in the project \`${parentProject}\`, keeps the project of the fleet and one Application for each cluster`,
    'up to date.',
  ];
}

const GUARANTEES: readonly string[] = [
  'What is taken out of the fleet is removed from its cluster; a namespace, a definition or a SPIRE server never is.',
  'A cluster that is taken out of the fleet keeps everything: its Kustomizations or its Application stay, with an error, until you remove them.',
  'Nothing waits for an address of a load balancer, and no image that cannot be pulled keeps a federation from coming up.',
];
