/** Explains which SVID a pod gets and from which rule, or why it gets none. */
import { MANIFEST, manifestPath } from '../model/delivery/manifest-paths';
import { IDENTITY_LABEL } from '../model/names';
import type { ResolvedCluster, ResolvedIdentity, ResolvedWorkload } from '../model/resolved-fleet';
import { ignoredNamespaces } from '../model/spire/controller-manager-settings';
import { renderTemplate } from '../model/spire/spiffe-id';
import type { FleetPath } from '../problems/problem';
import { closestRule } from './closest-rule';
import { IdentityRules } from './identity-rules';
import { identityRemedy } from './injection';
import { type Pod, workloadPods } from './pods';

/** An SVID and where it comes from. */
export interface Svid {
  readonly spiffeId: string;
  readonly dnsNames: readonly string[];
  /** Life in seconds, where the rule sets it. */
  readonly x509SvidTtl?: number;
  readonly jwtSvidTtl?: number;
  /** Trust domains whose bundles the SVID comes with: its own first, then those that it federates with. */
  readonly trusts: readonly string[];
  /** Name of the ClusterSPIFFEID. */
  readonly rule: string;
  /** Path below the output folder. */
  readonly file: string;
  /** The place in the fleet that the rule is made from. */
  readonly place: FleetPath;
}

/** A pod with its SVID, or with the reason why it gets none and what to do. */
export type PodExplanation =
  | { readonly pod: Pod; readonly svid: Svid; readonly missing?: undefined }
  | {
      readonly pod: Pod;
      readonly svid?: undefined;
      readonly missing: { readonly says: string; readonly remedy: string };
    };

/** Matches like spire-controller-manager and SPIRE's agents: first selectors, then fallbacks, then whether anything in the pod requests an SVID. */
export function explainPod(pod: Pod, cluster: ResolvedCluster): PodExplanation {
  const ignoring = cluster.spire.ignoredNamespaces.find((pattern) => new RegExp(pattern).test(pod.namespace));
  if (ignoring !== undefined) {
    const always = ignoredNamespaces(cluster.spire.serverNamespace, cluster.spire.agentNamespace);
    return none(
      pod,
      `no pod in namespace ${pod.namespace} gets an SVID, because SPIRE ignores the namespace`,
      always.includes(ignoring)
        ? 'run it in another namespace'
        : 'run it in another namespace, or change ignoredNamespaces',
    );
  }
  const selecting = IdentityRules.of(cluster).selecting(pod);
  const own = selecting.filter(({ fallback }) => !fallback);
  const applied = own.length > 0 ? own : selecting;
  const [rule, second] = applied.filter(
    ({ serviceAccount }) => serviceAccount === undefined || serviceAccount === pod.serviceAccount,
  );
  if (second !== undefined) {
    const says = `it gets an SVID from ${rule?.name} and another from ${second.name}, and may present either`;
    return none(pod, says, 'change its labels so that only one of them selects it');
  }
  if (rule === undefined) {
    return applied.length > 0 ? wrongServiceAccount(pod, applied) : noRule(pod, cluster);
  }
  if (pod.requester === 'none') {
    const { says, remedy } = pod.noRequest ?? {
      says: 'nothing in the pod requests an SVID',
      remedy: identityRemedy(cluster.istio !== undefined),
    };
    return none(pod, `${rule.name} would give it ${render(rule, pod, cluster)}, but ${says}`, remedy);
  }
  return { pod, svid: svidOf(rule, pod, cluster) };
}

/** Made once for each workload: a comparison of fleets asks about every call of a workload. */
const explainedPods = new WeakMap<ResolvedCluster, Map<ResolvedWorkload, readonly PodExplanation[]>>();

/** Explains the pods of a workload of a cluster. */
export function explainWorkloadPods(workload: ResolvedWorkload, cluster: ResolvedCluster): readonly PodExplanation[] {
  const ofCluster = explainedPods.get(cluster) ?? new Map<ResolvedWorkload, readonly PodExplanation[]>();
  explainedPods.set(cluster, ofCluster);
  const known = ofCluster.get(workload);
  if (known !== undefined) return known;
  const made = workloadPods(cluster.name, workload).map((pod) => explainPod(pod, cluster));
  ofCluster.set(workload, made);
  return made;
}

function svidOf(rule: ResolvedIdentity, pod: Pod, cluster: ResolvedCluster): Svid {
  return {
    spiffeId: render(rule, pod, cluster),
    dnsNames: rule.dnsNames,
    x509SvidTtl: rule.x509SvidTtl,
    jwtSvidTtl: rule.jwtSvidTtl,
    trusts: [cluster.trustDomain, ...rule.federatesWith],
    rule: rule.name,
    file: manifestPath(cluster.name, MANIFEST.identity(rule.file)),
    place: placeOf(rule, cluster),
  };
}

function placeOf(rule: ResolvedIdentity, cluster: ResolvedCluster): FleetPath {
  const workload = IdentityRules.of(cluster).workloadOf(rule);
  if (workload !== undefined) return ['workloads', workload.name];
  return rule.fallback ? ['clusters', cluster.name] : ['clusters', cluster.name, 'gateway'];
}

function render({ spiffeIdTemplate }: ResolvedIdentity, pod: Pod, { trustDomain }: ResolvedCluster): string {
  return renderTemplate(spiffeIdTemplate, {
    trustDomain,
    namespace: pod.namespace,
    serviceAccount: pod.serviceAccount,
  });
}

function wrongServiceAccount(pod: Pod, [rule]: readonly ResolvedIdentity[]): PodExplanation {
  const says = `${rule?.name} selects it, but its ServiceAccount is ${pod.serviceAccount}, not ${rule?.serviceAccount}`;
  return noneForTwoReasons(pod, says, `run it as ServiceAccount ${rule?.serviceAccount}`);
}

/** Compares the pod with the rule that was probably meant for it, where there is one. */
function noRule(pod: Pod, cluster: ResolvedCluster): PodExplanation {
  const says = `no rule of ${cluster.name} selects it`;
  const remedy = `add it to the fleet as a workload, or give it the label ${IDENTITY_LABEL}: "true"`;
  const closest = closestRule(pod, cluster);
  if (closest === undefined) return noneForTwoReasons(pod, says, remedy);
  const wrong = closest.differences.map((one) => one.says).join(', and its ');
  const corrections = closest.differences.map((one) => one.remedy).join(' and ');
  return noneForTwoReasons(
    pod,
    `${says}; the closest is ${closest.rule.name}, but the pod's ${wrong}`,
    `if the pod belongs to ${meaningOf(closest.rule, cluster)}, ${corrections}; otherwise, ${remedy}`,
  );
}

/** Describes the part of the fleet that a rule is made for. */
function meaningOf(rule: ResolvedIdentity, cluster: ResolvedCluster): string {
  const workload = IdentityRules.of(cluster).workloadOf(rule);
  return workload === undefined ? 'the gateway' : `the workload ${workload.name}`;
}

/** Adds why nothing in the pod requests an SVID, because a rule alone would not help. */
function noneForTwoReasons(pod: Pod, says: string, remedy: string): PodExplanation {
  const { noRequest } = pod;
  return noRequest === undefined
    ? none(pod, says, remedy)
    : none(pod, `${says}; also, ${noRequest.says}`, `${remedy}; then ${noRequest.remedy}`);
}

function none(pod: Pod, says: string, remedy: string): PodExplanation {
  return { pod, missing: { says, remedy } };
}
