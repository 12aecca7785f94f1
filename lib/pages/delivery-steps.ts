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
    `Instead of the commands above, a GitOps tool can apply ${codeSpan(path)} of branch ${codeSpan(branch)} of ${codeSpan(repo)}, including`,
    "Istio's charts. Create the Secrets first, with your secrets manager or with these commands, run in this folder:",
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
  return `Use only one of the ${count} tools for a cluster, because each would overwrite the objects of the other.`;
}

const GUARANTEES: readonly string[] = [
  'Objects that you remove from the fleet are deleted from their cluster, except namespaces, CustomResourceDefinitions and SPIRE servers.',
  `A cluster that you remove from the fleet keeps all its objects: ${TOOL_OUTPUTS.map(({ objectsOfCluster }) => objectsOfCluster).join(' or ')} stay, with an error, until you delete them.`,
  'Federation does not wait for load balancer addresses or for images of workloads.',
];
