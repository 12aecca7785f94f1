/** Numbered steps of a page, and the commands that several of them share. */
import { SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';

/** One step, with its commands if it has any. */
export interface Step {
  readonly says: string;
  readonly commands?: readonly string[];
}

/** A numbered list. Commands are indented into their item, or Markdown would restart the numbering. */
export function numbered(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ says, commands = [] }, index) => [
    `${index + 1}. ${says}`,
    ...(commands.length === 0 ? [] : ['', '   ```sh', ...commands.map((command) => `   ${command}`), '   ```', '']),
  ]);
}

export const kubectlOf = ({ name }: ResolvedCluster): string => `kubectl --context ${name}`;

/** Clusters that trust the bundle of this cluster. */
export function trusting({ name }: ResolvedCluster, { clusters }: ResolvedFleet): readonly ResolvedCluster[] {
  return clusters.filter(({ peers }) => peers.some((peer) => peer.cluster === name));
}

/** The command that applies the whole cluster, run in the output folder. */
export function applied(cluster: ResolvedCluster): string {
  return `${kubectlOf(cluster)} apply --server-side -k ${cluster.name}`;
}

/** Commands that restart the server and wait until it runs with the current configuration and Secrets. */
export function restarted(cluster: ResolvedCluster): readonly string[] {
  return [
    `${kubectlOf(cluster)} rollout status -n ${cluster.spire.serverNamespace} statefulset/${SPIRE_SERVER.name} --timeout=5m`,
  ];
}

/** The command that deletes the volumes of all servers of a cluster, also of those that no longer run. */
export function deletedClaims(cluster: ResolvedCluster): string {
  return `${kubectlOf(cluster)} delete -n ${cluster.spire.serverNamespace} pvc -l app.kubernetes.io/name=${SPIRE_SERVER.name}`;
}
