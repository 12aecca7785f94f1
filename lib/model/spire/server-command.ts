/** Knows how SPIRE's own command line is reached: the server's image has it, so that kubectl runs it in the server's pod. */
import { SPIRE_SERVER } from '../names';
import type { ResolvedCluster } from '../resolved-fleet';

interface ServerInput {
  /** Whether the command reads its standard input; @default false */
  readonly stdin?: boolean;
}

/** Arguments of kubectl that run a command of `spire-server`. */
export function serverArguments(
  context: string,
  namespace: string,
  command: readonly string[],
  { stdin = false }: ServerInput = {},
): readonly string[] {
  const pod = ['-n', namespace, `${SPIRE_SERVER.name}-0`, '-c', SPIRE_SERVER.name];
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

/** The same as a person types it, with the context named like the cluster. */
export function serverCommand(
  { name, spire }: Pick<ResolvedCluster, 'name' | 'spire'>,
  command: string,
  input?: ServerInput,
): string {
  return ['kubectl', ...serverArguments(name, spire.serverNamespace, [command], input)].join(' ');
}
