/** The kubectl commands that run `spire-server` in the pod of a SPIRE server, whose image contains it. */
import { SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';

interface ServerCall {
  /** Whether the command reads its standard input. @default false */
  readonly stdin?: boolean;
  /** Number of the server. Each has a CA of its own; everything else they share. @default 0 */
  readonly server?: number;
}

/** The arguments of kubectl that run a command of `spire-server`. */
export function spireServerArguments(
  context: string,
  namespace: string,
  command: readonly string[],
  { stdin = false, server = 0 }: ServerCall = {},
): readonly string[] {
  const pod = ['-n', namespace, `${SPIRE_SERVER.name}-${server}`, '-c', SPIRE_SERVER.name];
  return [
    '--context',
    context,
    'exec',
    ...(stdin ? ['-i'] : []),
    ...pod,
    '--',
    '/opt/spire/bin/spire-server',
    ...command,
  ];
}

/** The whole command line. The kubectl context is named like the cluster. */
export function spireServerCommand(
  { name, spire }: Pick<ResolvedCluster, 'name' | 'spire'>,
  command: string,
  call?: ServerCall,
): string {
  return ['kubectl', ...spireServerArguments(name, spire.serverNamespace, [command], call)].join(' ');
}
