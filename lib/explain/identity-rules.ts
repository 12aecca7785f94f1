/** Finds the identity rules of a cluster that select a pod, without trying every rule on every pod. */
import { workloadIdentityName } from '../model/names';
import type { ResolvedCluster, ResolvedIdentity, ResolvedWorkload } from '../model/resolved-fleet';
import { differencesFrom } from './closest-rule';
import type { Pod } from './pods';

export class IdentityRules {
  /** Rules with their position, by the first of the labels that they select. Every rule selects at least one label. */
  private readonly byLabel = new Map<string, { readonly rule: ResolvedIdentity; readonly position: number }[]>();
  private readonly workloads: ReadonlyMap<string, ResolvedWorkload>;

  private constructor({ identities, workloads }: ResolvedCluster) {
    for (const [position, rule] of identities.entries()) {
      const [first = ['', '']] = Object.entries(rule.podLabels);
      const key = labelKey(first);
      const known = this.byLabel.get(key);
      if (known === undefined) this.byLabel.set(key, [{ rule, position }]);
      else known.push({ rule, position });
    }
    this.workloads = new Map(workloads.map((workload) => [workloadIdentityName(workload.name), workload]));
  }

  /** Made once for each cluster: a comparison of fleets asks about every pod several times. */
  static of(cluster: ResolvedCluster): IdentityRules {
    const known = made.get(cluster);
    if (known !== undefined) return known;
    const rules = new IdentityRules(cluster);
    made.set(cluster, rules);
    return rules;
  }

  /** The rules whose selectors match, in the order of the cluster. */
  selecting(pod: Pod): readonly ResolvedIdentity[] {
    return Object.entries(pod.labels)
      .flatMap((label) => this.byLabel.get(labelKey(label)) ?? [])
      .filter(({ rule }) => differencesFrom(rule, pod).length === 0)
      .sort((one, other) => one.position - other.position)
      .map(({ rule }) => rule);
  }

  /** The workload that a rule was made for. @returns undefined for the rule of a gateway or of the rest of the mesh */
  workloadOf({ name }: ResolvedIdentity): ResolvedWorkload | undefined {
    return this.workloads.get(name);
  }
}

const made = new WeakMap<ResolvedCluster, IdentityRules>();

function labelKey([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}
