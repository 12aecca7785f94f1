/** Explains whether Istio injects a proxy into a pod, and whether that proxy gets its identity from SPIRE. */
import { CSI_DRIVER, INJECT_LABEL, ISTIO, SIDECAR_TEMPLATES, TEMPLATES_ANNOTATION } from '../model/names';
import type { ResolvedCluster, ResolvedNamespace } from '../model/resolved-fleet';
import type { PodManifest } from './pod-manifest';

/** The parts of a manifest that decide about injection. */
export type Injectable = Pick<PodManifest, 'namespace' | 'labels' | 'annotations' | 'hostNetwork'>;

export type Injection =
  | {
      readonly injects: true /** The condition for it, if the fleet cannot decide that. */;
      readonly condition?: string;
    }
  | { readonly injects: false; readonly says: string; readonly remedy: string };

/** The label that assigns a pod or a namespace to one of several Istio revisions. */
const REVISION_LABEL = 'istio.io/rev';

/** The revision of an Istio that is installed without one. */
const REVISION = 'default';

/** Istio's istio pkg/kube/inject/initializer.go, IgnoredNamespaces. */
const NEVER_INJECTED = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/**
 * Judges as Istio does when a pod is created: the selectors of its webhooks
 * (istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml), then `injectRequired` and
 * `selectTemplates` (istio pkg/kube/inject/inject.go).
 */
export function explainInjection(pod: Injectable, { istio, namespaces }: ResolvedCluster): Injection {
  if (istio === undefined) {
    return none('the cluster runs no Istio that would inject a proxy', 'let the program use the Workload API itself');
  }
  const namespace = namespaces.find(({ name }) => name === pod.namespace);
  return onHostNetwork(pod) ?? withoutTemplates(pod) ?? refused(pod) ?? covered(pod, namespace);
}

/** How the author of a manifest makes the pod ask for an SVID. */
export function identityRemedy(mesh: boolean): string {
  return mesh
    ? `annotate the pod template with ${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}`
    : `mount an inline volume of the CSI driver ${CSI_DRIVER.driver}`;
}

/** Istio never injects into a pod on the host network, so the annotation does not help. The program can still ask SPIRE itself. */
function onHostNetwork(pod: Injectable): Injection | undefined {
  if (!pod.hostNetwork) return undefined;
  const remedy = 'remove hostNetwork from the pod template';
  return none(
    'Istio never injects its proxy into a pod with hostNetwork: true',
    withoutTemplates(pod) === undefined
      ? remedy
      : `${identityRemedy(false)}, so that the program gets the SVID itself; or ${remedy} and ${identityRemedy(true)}`,
  );
}

/** The template `spire` only patches the proxy of another template, so it cannot be the only one. */
function withoutTemplates({ annotations }: Injectable): Injection | undefined {
  const named = (textOf(annotations, TEMPLATES_ANNOTATION) ?? '').split(',').map((name) => name.trim());
  const spire = [ISTIO.sidecarTemplate, ISTIO.gatewayTemplate].find((template) => named.includes(template));
  const remedy = identityRemedy(true);
  if (spire === undefined) return none('nothing in the pod requests an SVID', remedy);
  return named.includes('sidecar') || named.includes('gateway')
    ? undefined
    : none(`its annotation ${TEMPLATES_ANNOTATION} names ${spire} without a template that adds the proxy`, remedy);
}

/** The reason, if the pod turns injection off or is in a namespace that Istio ignores. */
function refused(pod: Injectable): Injection | undefined {
  if (NEVER_INJECTED.includes(pod.namespace)) {
    return none(`Istio never injects into namespace ${pod.namespace}`, 'run it in another namespace');
  }
  const label = textOf(pod.labels, INJECT_LABEL);
  // If there are both a label and an annotation, the label takes precedence, whatever its value.
  const switchedOff = label === undefined ? textOf(pod.annotations, INJECT_LABEL) === 'false' : label === 'false';
  const kind = label === undefined ? 'annotation' : 'label';
  return switchedOff
    ? none(`its ${kind} ${INJECT_LABEL}: "false" turns Istio's injection off`, `remove the ${kind} ${INJECT_LABEL}`)
    : undefined;
}

/** Whether one of Istio's webhooks is called for the pod. */
function covered(pod: Injectable, namespace: ResolvedNamespace | undefined): Injection {
  if (namespace?.injection === 'enabled' || asksByLabel(pod, namespace)) return { injects: true };
  const revision = textOf(pod.labels, REVISION_LABEL);
  if (namespace === undefined) return { injects: true, condition: conditionOf(pod) };
  if (namespace.injection === 'disabled') {
    return none(
      `the namespace ${namespace.name} turns Istio's injection off for all its pods`,
      'run it in another namespace',
    );
  }
  return revision === undefined
    ? none(
        `the namespace ${namespace.name} does not have the label istio-injection, and the pod does not request a proxy`,
        `give the pod template the label ${INJECT_LABEL}: "true"`,
      )
    : none(
        `its label ${REVISION_LABEL}: ${revision} requests a revision of Istio that this fleet does not install`,
        `remove the label ${REVISION_LABEL}`,
      );
}

/** Whether the labels ask for injection. A pod can ask in a namespace without a label; a namespace that turns injection off wins. */
function asksByLabel({ labels }: Injectable, namespace: ResolvedNamespace | undefined): boolean {
  if (namespace === undefined || namespace.injection === 'disabled') return false;
  return asks(labels);
}

function asks(labels: Injectable['labels']): boolean {
  const revision = textOf(labels, REVISION_LABEL);
  return revision === REVISION || (revision === undefined && textOf(labels, INJECT_LABEL) === 'true');
}

/** The condition on a namespace that the fleet does not create, so that its labels are not known. */
function conditionOf({ namespace, labels }: Injectable): string {
  return asks(labels)
    ? `if namespace ${namespace} does not turn injection off`
    : `if namespace ${namespace} has the label istio-injection: enabled`;
}

/** Reads own properties only, because people choose the keys. */
function textOf(map: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function none(says: string, remedy: string): Injection {
  return { injects: false, says, remedy };
}
