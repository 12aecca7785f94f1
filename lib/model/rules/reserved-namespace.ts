/** Finds workloads in a namespace of SPIRE, Istio or a GitOps tool, and GitOps tools in a namespace of SPIRE or Istio. */
import { TOOLS } from '../../delivery/settings-catalog';
import type { FleetDraft } from '../fleet-draft';
import { ISTIO, reservedNamespaces } from '../names';
import { defineRule } from './rule';

export const reservedNamespace = defineRule({
  code: 'reserved-namespace',
  severity: 'error',
  looksFor:
    'a workload in a namespace of Kubernetes, SPIRE, Istio or MetalLB; a workload that the output deploys in the namespace of Flux or Argo CD; Flux or Argo CD in a namespace that the output creates',
  why: 'the controller manager ignores namespaces of Kubernetes and SPIRE, so pods in them get no identity. The output sets labels, the Pod Security level and injection of its own namespaces, which do not fit other pods.',
  source: 'spire-controller-manager pkg/namespace; kubernetes.io/docs/concepts/security/pod-security-admission',
  example: { namespace: 'istio-system', owner: 'Istio', effect: 'its pods get no SVIDs as workloads' },
  check: (draft, find) => {
    const tools = toolsOf(draft);
    for (const { cluster, namespace, kind, written, place } of draft.workloads) {
      const spire = draft.clusters.get(cluster)?.spire;
      if (spire === undefined) continue;
      const at = written.namespace === undefined ? place : [...place, 'namespace'];
      const owner = reservedNamespaces([spire.serverNamespace, spire.agentNamespace]).get(namespace);
      const tool = kind === 'pods' ? undefined : tools.find((one) => one.namespace === namespace);
      if (owner !== undefined) {
        find(at, { namespace, owner, effect: 'its pods get no SVIDs as workloads' });
      } else if (tool !== undefined) {
        find(at, { namespace, owner: tool.owner, effect: 'the output would set its Pod Security level' });
      }
    }
    const made = new Map([...draft.clusters.values()].flatMap(({ spire }) => madeFor(spire)));
    for (const { key, namespace } of tools) {
      const owner = made.get(namespace);
      if (owner === undefined) continue;
      find(['delivery', key, 'namespace'], { namespace, owner, effect: 'the output sets its Pod Security level' });
    }
  },
});

interface Tool {
  readonly key: string;
  readonly owner: string;
  readonly namespace: string;
}

function toolsOf({ delivery }: FleetDraft): readonly Tool[] {
  return TOOLS.flatMap(({ name: key, title: owner }) => {
    const namespace = delivery?.[key]?.namespace;
    return namespace === undefined ? [] : [{ key, owner, namespace }];
  });
}

function madeFor({
  serverNamespace,
  agentNamespace,
}: {
  readonly serverNamespace: string;
  readonly agentNamespace: string;
}) {
  return [
    [serverNamespace, 'SPIRE'],
    [agentNamespace, 'SPIRE'],
    [ISTIO.namespace, 'Istio'],
  ] as const;
}
