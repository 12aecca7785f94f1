/** The steps that set up Flux. */
import { applySecretCommand } from '../../kubectl/apply-secret';
import type { StepsProps } from '../tool-output';
import { FLUX_FOLDER } from './flux-names';
import { kubeconfigSecret, type ResolvedFlux } from './flux-settings';

/** Markdown. */
export function fluxSteps({ fleet, clusters, tool }: StepsProps<ResolvedFlux>): readonly string[] {
  const { central, namespace, secret } = tool;
  const credentials =
    secret === undefined ? '' : ` The Secret \`${namespace}/${secret}\` holds credentials for the repository.`;
  if (!central) {
    return [
      '### Flux, one in each cluster',
      '',
      `Each cluster runs source-controller 1.9, kustomize-controller 1.9 and helm-controller 1.6 in \`${namespace}\`.${credentials}`,
      '',
      '```sh',
      ...clusters.map(({ name }) => `kubectl --context ${name} apply --server-side -k ${FLUX_FOLDER}/${name}`),
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
    `kubectl --context MANAGEMENT apply --server-side -k ${FLUX_FOLDER}`,
    '```',
    '',
    ...watching(`kubectl --context MANAGEMENT get kustomizations,helmreleases -n ${namespace}`),
  ];
}

function watching(command: string): readonly string[] {
  return [`From then on it follows the repository, its own objects included. \`${command}\` shows how far it is.`];
}
