/** Decides which namespaces the output creates, with which Pod Security level and injection. */
import { ISTIO } from '../names';
import type { ResolvedIstio, ResolvedNamespace, ResolvedSpire } from '../resolved-fleet';
import type { WorkloadDraft } from '../workloads/resolve-workloads';

type Level = ResolvedNamespace['podSecurity'];

/** From the one that admits most. */
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** Sorted by name. */
export function namespacesOf(
  spire: ResolvedSpire,
  istio: ResolvedIstio | undefined,
  drafts: readonly WorkloadDraft[],
): readonly ResolvedNamespace[] {
  const namespaces = new Map<string, ResolvedNamespace>();
  const add = (name: string, podSecurity: Level, injection?: 'enabled' | 'disabled'): void => {
    namespaces.set(name, { name, podSecurity, injection });
  };
  const hasMesh = istio !== undefined;
  const injection = hasMesh ? ({ never: 'disabled', always: 'enabled' } as const) : {};
  add(spire.serverNamespace, 'restricted', injection.never);
  // Agents see all processes of a node; the CSI driver mounts into other pods. In a shared namespace theirs is the level.
  add(spire.agentNamespace, 'privileged', injection.never);
  if (hasMesh) add(ISTIO.namespace, 'baseline');
  for (const draft of drafts.filter(({ kind, namespace }) => kind !== 'pods' && namespace !== 'default')) {
    const [known, wanted] = [namespaces.get(draft.namespace)?.podSecurity, levelOf(draft, istio)];
    const least = LEVELS.find((level) => level === known || level === wanted) ?? wanted;
    add(draft.namespace, least, injection.always);
  }
  return [...namespaces.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What all pods of a workload fit, their proxies included; inline CSI volumes go with any level. */
function levelOf({ components }: WorkloadDraft, istio: ResolvedIstio | undefined): Level {
  if (istio === undefined) return 'baseline';
  // istio-init needs NET_ADMIN, which only the privileged level admits.
  if (!istio.cni) return 'privileged';
  // As whom a program runs is known where the fleet says so; an image may well run as root.
  const isUserKnown = components.every(({ deployments }) => deployments.every(({ user }) => user !== undefined));
  return istio.proxySeccomp && isUserKnown ? 'restricted' : 'baseline';
}
