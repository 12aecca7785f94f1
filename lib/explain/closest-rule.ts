/** Compares a pod with the rules of its cluster and finds the rule that was probably meant for it. */
import type { ResolvedCluster, ResolvedIdentity } from '../model/resolved-fleet';
import { type Pod, podsOf } from './pods';

/** One property of a pod that does not match a rule. */
export interface Difference {
  /** The end of a sentence that begins "but the pod's …". */
  readonly says: string;
  /** The change that makes it match. */
  readonly remedy: string;
}

/** A rule that does not select the pod, and every reason for it. */
export interface ClosestRule {
  readonly rule: ResolvedIdentity;
  readonly differences: readonly Difference[];
}

/** The properties of a pod that do not match the selectors of a rule. Empty if the rule selects the pod. */
export function differencesFrom({ podLabels, namespace }: ResolvedIdentity, pod: Pod): readonly Difference[] {
  const labels = Object.entries(podLabels)
    .map(([key, value]) => ({ key, value, got: labelOf(pod, key) }))
    .filter(({ value, got }) => got !== value)
    .map(({ key, value, got }) => ({
      says: `label ${key} is ${got ?? 'not set'}, not ${value}`,
      remedy: `give it the label ${key}: ${JSON.stringify(value)}`,
    }));
  return namespace === undefined || namespace === pod.namespace
    ? labels
    : [
        { says: `namespace is ${pod.namespace}, not ${namespace}`, remedy: `run it in namespace ${namespace}` },
        ...labels,
      ];
}

/**
 * The rule whose pods are most like this one. Undefined where no rule is close: a rule is close if one difference keeps it
 * from the pod, or if its pods share two of namespace, ServiceAccount and labels with it.
 */
export function closestRule(pod: Pod, cluster: ResolvedCluster): ClosestRule | undefined {
  const known = podsOf(cluster);
  const [closest] = cluster.identities
    .filter(({ fallback }) => !fallback)
    .map((rule) => {
      const selected = known.filter((candidate) => differencesFrom(rule, candidate).length === 0);
      return {
        rule,
        differences: [...differencesFrom(rule, pod), ...differentServiceAccount(rule, pod)],
        likeness: Math.max(0, ...selected.map((candidate) => likeness(pod, candidate, rule))),
      };
    })
    .filter((one) => one.likeness >= 2 || one.differences.length === 1)
    .sort((a, b) => b.likeness - a.likeness || a.differences.length - b.differences.length);
  return closest;
}

function differentServiceAccount({ serviceAccount }: ResolvedIdentity, pod: Pod): readonly Difference[] {
  if (serviceAccount === undefined || serviceAccount === pod.serviceAccount) return [];
  const says = `ServiceAccount is ${pod.serviceAccount}, not ${serviceAccount}`;
  return [{ says, remedy: `run it as ServiceAccount ${serviceAccount}` }];
}

/** Labels by which people tell programs apart. Others, such as `version`, are alike on pods of every kind. */
const NAMING_LABELS = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'k8s-app'];

/** How many of namespace, ServiceAccount and labels two pods share. Every namespace has the ServiceAccount `default`. */
function likeness(pod: Pod, other: Pod, rule: ResolvedIdentity): number {
  const naming = [...NAMING_LABELS, ...Object.keys(rule.podLabels)];
  const shared = [
    pod.namespace === other.namespace,
    pod.serviceAccount === other.serviceAccount && pod.serviceAccount !== 'default',
    naming.some((key) => labelOf(pod, key) !== undefined && labelOf(pod, key) === labelOf(other, key)),
  ];
  return shared.filter(Boolean).length;
}

/** Reads own properties only, because a label key may be `constructor`. */
function labelOf({ labels }: Pod, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
