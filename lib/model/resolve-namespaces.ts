/** Decides which namespaces the output creates, with which Pod Security level and injection. */
import { ISTIO } from './names';
import type { WorkloadDraft } from './resolve-workloads';
import type { ResolvedNamespace, ResolvedSpire } from './resolved-fleet';

/** Sorted by name. */
export function namespacesOf(
  spire: ResolvedSpire,
  hasMesh: boolean,
  drafts: readonly WorkloadDraft[],
): readonly ResolvedNamespace[] {
  const namespaces = new Map<string, ResolvedNamespace>();
  const add = (
    name: string,
    podSecurity: ResolvedNamespace['podSecurity'],
    injection?: 'enabled' | 'disabled',
  ): void => {
    namespaces.set(name, { name, podSecurity, injection });
  };
  const injection = hasMesh ? ({ never: 'disabled', always: 'enabled' } as const) : {};
  add(spire.serverNamespace, 'restricted', injection.never);
  // Agents see all processes of a node; the CSI driver mounts into other pods. In a shared namespace theirs is the level.
  add(spire.agentNamespace, 'privileged', injection.never);
  if (hasMesh) add(ISTIO.namespace, 'baseline');
  for (const { namespace } of drafts.filter((draft) => draft.kind !== 'pods' && draft.namespace !== 'default')) {
    // istio-init needs NET_ADMIN, which only the privileged level admits; inline CSI volumes go with any level.
    add(namespace, hasMesh ? 'privileged' : 'baseline', injection.always);
  }
  return [...namespaces.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
