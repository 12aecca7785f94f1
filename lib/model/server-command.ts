/** Knows how SPIRE's own command line is reached: the server's image has it, so that kubectl runs it in the server's pod. */
import { SPIRE_SERVER } from './names';
import type { ResolvedCluster } from './resolved-fleet';

/** Arguments of kubectl that run a command of `spire-server`. */
export function serverArguments(context: string, namespace: string, command: readonly string[]): readonly string[] {
  const pod = ['-n', namespace, `${SPIRE_SERVER.name}-0`, '-c', SPIRE_SERVER.name];
  return ['--context', context, 'exec', ...pod, '--', '/opt/spire/bin/spire-server', ...command];
}

/** The same as a person types it, with the context named like the cluster. */
export function serverCommand({ name, spire }: Pick<ResolvedCluster, 'name' | 'spire'>, command: string): string {
  return ['kubectl', ...serverArguments(name, spire.serverNamespace, [command])].join(' ');
}
