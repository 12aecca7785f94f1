/** Checks, using only the written objects, that each pod that asks for an identity gets exactly one SVID, and that other pods get none. */
import { CSI_DRIVER, GATEWAY_POD_LABELS, ISTIO, NAMESPACE_NAME_LABEL, TEMPLATES_ANNOTATION } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ClusterObjects, PlacedObject, PodTemplate } from './cluster-objects';
import { hasLabels } from './cluster-objects';
import type { ReportFault } from './output-fault';
import type { OutputRule } from './output-rule';

export const oneIdentityPerPod: OutputRule = {
  name: 'one-identity-per-pod',
  looksFor:
    'a pod that asks for an identity and gets no SVID or several, a pod that does not ask and gets one, or a ClusterSPIFFEID that selects every pod',
  why: 'without an SVID the proxy never starts. With several it uses either. A ClusterSPIFFEID without selectors disables the fallback for every pod.',
  source: 'spire-controller-manager pkg/spireentry/reconciler.go',
  check: (objects, cluster, report) => checkIdentities(objects, cluster, report),
};

/** A pod as spire-controller-manager sees it. */
interface SeenPod {
  readonly placed: PlacedObject;
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the pod's proxy or its program asks SPIRE for an identity. */
  readonly asks: boolean;
}

interface Rule {
  readonly placed: PlacedObject;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly selectors: readonly string[];
  readonly fallback: boolean;
}

function checkIdentities(objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault): void {
  const rules = objects.ofKind('ClusterSPIFFEID').map(ruleOf);
  for (const { placed, podLabels } of rules) {
    if (Object.keys(podLabels).length === 0) {
      report(placed, 'selects every pod of the cluster');
    }
  }
  for (const pod of seenPods(objects, cluster)) {
    const matching = matchingRules(pod, rules, cluster);
    const names = matching.map(({ placed }) => placed.object.metadata.name);
    if (pod.asks && matching.length !== 1) {
      report(
        pod.placed,
        `${pod.name} gets ${matching.length} SVIDs (${names.join(', ') || 'no rule selects it'}), it needs exactly one`,
      );
    }
    if (!pod.asks && matching.length > 0) {
      report(pod.placed, `${pod.name} asks for no identity, and ${names.join(', ')} gives it an SVID`);
    }
  }
}

/** A fallback rule applies only if no other rule does (spire-controller-manager, spireentry/reconciler.go). */
function matchingRules(pod: SeenPod, rules: readonly Rule[], cluster: ResolvedCluster): readonly Rule[] {
  if (cluster.spire.ignoredNamespaces.some((pattern) => new RegExp(pattern).test(pod.namespace))) {
    return [];
  }
  const selecting = rules.filter(
    (rule) =>
      hasLabels(pod.labels, rule.podLabels) &&
      // The only label of a namespace that is known for certain is its name.
      Object.entries(rule.namespaceLabels).every(
        ([key, value]) => key === NAMESPACE_NAME_LABEL && value === pod.namespace,
      ),
  );
  const own = selecting.filter(({ fallback }) => !fallback);
  const applied = own.length > 0 ? own : selecting;
  // Each of these rules has an entry, but the agent issues its SVID only if the pod's selectors match.
  return applied.filter(({ selectors }) =>
    selectors.every(
      (selector) => selector === `k8s:ns:${pod.namespace}` || selector === `k8s:sa:${pod.serviceAccount}`,
    ),
  );
}

function seenPods(objects: ClusterObjects, cluster: ResolvedCluster): readonly SeenPod[] {
  const deployed = objects.pods.map((pod) => ({
    placed: pod,
    name: `${pod.object.kind} ${pod.namespace}/${pod.object.metadata.name}`,
    namespace: pod.namespace,
    serviceAccount: pod.spec.serviceAccountName ?? 'default',
    labels: pod.labels,
    asks: asksForIdentity(pod),
  }));
  const [installation] = objects.ofKind('IstioOperator');
  return cluster.gateway === undefined || installation === undefined
    ? deployed
    : [
        ...deployed,
        {
          placed: installation,
          name: `the gateway ${ISTIO.gateway}`,
          namespace: ISTIO.namespace,
          serviceAccount: ISTIO.gatewayServiceAccount,
          labels: GATEWAY_POD_LABELS,
          asks: true,
        },
      ];
}

/** Whether a pod uses Istio's template for SPIRE or mounts the Workload API itself. */
function asksForIdentity({ annotations, spec }: PodTemplate): boolean {
  const templates = annotations[TEMPLATES_ANNOTATION]?.split(',') ?? [];
  const mounts = (spec.volumes ?? []).some(({ csi }) => csi?.driver === CSI_DRIVER.driver);
  return templates.includes(ISTIO.sidecarTemplate) || mounts;
}

interface ClusterSpiffeidSpec {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly workloadSelectorTemplates?: readonly string[];
  readonly fallback?: boolean;
}

function ruleOf(placed: PlacedObject): Rule {
  const spec = placed.object.spec as ClusterSpiffeidSpec;
  return {
    placed,
    podLabels: spec.podSelector?.matchLabels ?? {},
    namespaceLabels: spec.namespaceSelector?.matchLabels ?? {},
    selectors: spec.workloadSelectorTemplates ?? [],
    fallback: spec.fallback ?? false,
  };
}
