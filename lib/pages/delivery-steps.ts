/** How to set up each GitOps tool, and the tasks that remain manual. */
import { TOOL_OUTPUTS, usedTools } from '../delivery/catalog';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { codeSpan } from '../text/markdown';
import { secretStepsOf } from './apply-steps';

/** Markdown; empty for a fleet that names no tool. */
export function renderDelivery({ name, clusters, delivery }: ResolvedFleet): readonly string[] {
  if (delivery === undefined) return [];
  const { repo, branch, path } = delivery;
  const tools = usedTools(delivery);
  return [
    `In place of the commands above, a GitOps tool applies ${codeSpan(path)} of branch ${codeSpan(branch)} of ${codeSpan(repo)}, Istio from its charts`,
    'included. The Secrets come first, by hand or by whatever keeps your secrets; run in this folder:',
    '',
    '```sh',
    ...clusters.flatMap(secretsOf),
    '```',
    ...tools.flatMap(({ output, resolved }) => ['', ...output.steps({ fleet: name, tool: resolved, clusters })]),
    '',
    ...(tools.length < 2 ? [] : [onlyOneOf(tools.length), '']),
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

function onlyOneOf(tools: number): string {
  const count = tools === 2 ? 'two' : tools;
  return `Only one of the ${count} may apply a cluster: two would take turns with every object.`;
}

const GUARANTEES: readonly string[] = [
  'What is taken out of the fleet is removed from its cluster; a namespace, a definition or a SPIRE server never is.',
  `A cluster that is taken out of the fleet keeps everything: ${TOOL_OUTPUTS.map(({ objectsOfCluster }) => objectsOfCluster).join(' or ')} stay, with an error, until you remove them.`,
  'Nothing waits for an address of a load balancer, and no image that cannot be pulled keeps a federation from coming up.',
];
