/** Decides which namespaces the output creates, with which Pod Security level and injection. */
import { ISTIO } from '../names';
import type { ResolvedIstio, ResolvedNamespace, ResolvedSpire } from '../resolved-fleet';
import type { WorkloadDraft } from '../workloads/resolve-workloads';

type Level = ResolvedNamespace['podSecurity'];

/** From the least to the most restrictive level. */
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

/** The most restrictive level that admits all pods of a workload with their proxies. Every level admits inline CSI volumes. */
function levelOf({ components }: WorkloadDraft, istio: ResolvedIstio | undefined): Level {
  if (istio === undefined) return 'baseline';
  // istio-init needs NET_ADMIN, which only the privileged level admits.
  if (!istio.cni) return 'privileged';
  // Without a user in the fleet, the image decides, and it can run as root.
  const isUserKnown = components.every(({ deployments }) => deployments.every(({ user }) => user !== undefined));
  return istio.proxySeccomp && isUserKnown ? 'restricted' : 'baseline';
}
