/** Finds workloads that gain, lose or change their identity between two fleets, by the rules of `explain`. */
import { explainPod, type Svid } from '../explain/identity';
import { podsOf } from '../explain/pods';
import { required } from '../invariants/required';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import { renderTemplate } from '../model/spire/spiffe-id';

/** The SPIFFE IDs and trusted domains of the pods of a workload, a gateway or the rest of a mesh. Lists are sorted. */
interface Held {
  readonly cluster: string;
  readonly spiffeIds: readonly string[];
  readonly trusts: readonly string[];
}

export interface IdentityChange {
  /** Name of a workload, or a description such as `the gateway of east`. */
  readonly who: string;
  readonly cluster: string;
  /** SPIFFE IDs. Empty if there was no identity. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface TrustChange {
  readonly who: string;
  readonly cluster: string;
  /** Trust domains that are newly trusted. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface IdentityChanges {
  readonly lost: readonly IdentityChange[];
  readonly gained: readonly IdentityChange[];
  readonly changed: readonly IdentityChange[];
  /** SPIFFE IDs that move to another workload. Policies outside of the fleet then apply to the new workload. */
  readonly handedOver: readonly { readonly spiffeId: string; readonly from: string; readonly to: string }[];
  /** Changed trust of workloads that have an identity before and after. */
  readonly trust: readonly TrustChange[];
}

export function identityChanges(base: ResolvedFleet, target: ResolvedFleet): IdentityChanges {
  const [before, after] = [holders(base), holders(target)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = names.map((who): IdentityChange => {
    const [had, has] = [before.get(who), after.get(who)];
    const { cluster } = required(has ?? had, `the holder ${who}`);
    return { who, cluster, before: had?.spiffeIds ?? [], after: has?.spiffeIds ?? [] };
  });
  const differing = changes.filter((change) => change.before.join(' ') !== change.after.join(' '));
  const lost = differing.filter((change) => change.after.length === 0);
  const gained = differing.filter((change) => change.before.length === 0);
  return {
    lost,
    gained,
    changed: differing.filter((change) => change.before.length > 0 && change.after.length > 0),
    handedOver: differing.flatMap((one) =>
      one.after
        .filter((spiffeId) => !one.before.includes(spiffeId))
        .flatMap((spiffeId) =>
          differing
            .filter((other) => other.before.includes(spiffeId) && !other.after.includes(spiffeId))
            .map(({ who }) => ({ spiffeId, from: who, to: one.who })),
        ),
    ),
    trust: names.flatMap((who) => trustChange(who, before.get(who), after.get(who))),
  };
}

function trustChange(who: string, before: Held | undefined, after: Held | undefined): readonly TrustChange[] {
  if (before === undefined || after === undefined || before.spiffeIds.length === 0 || after.spiffeIds.length === 0) {
    return [];
  }
  const gained = after.trusts.filter((trustDomain) => !before.trusts.includes(trustDomain));
  const lost = before.trusts.filter((trustDomain) => !after.trusts.includes(trustDomain));
  return gained.length + lost.length === 0 ? [] : [{ who, cluster: after.cluster, gained, lost }];
}

/** SVIDs by workload. Names of workloads are unique in the fleet; gateways and other pods have a description. */
function holders(fleet: ResolvedFleet): ReadonlyMap<string, Held> {
  return new Map(
    fleet.clusters.flatMap((cluster) => {
      const svids = new Map<string, Svid[]>();
      for (const pod of podsOf(cluster)) {
        const who = pod.workload ?? `the gateway of ${cluster.name}`;
        const { svid } = explainPod(pod, cluster);
        svids.set(who, svids.get(who) ?? []);
        if (svid !== undefined) svids.get(who)?.push(svid);
      }
      return [...[...svids].map(([who, all]) => [who, held(cluster, all)] as const), ...others(cluster)];
    }),
  );
}

function held({ name }: ResolvedCluster, svids: readonly Svid[]): Held {
  const sorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();
  return {
    cluster: name,
    spiffeIds: sorted(svids.map(({ spiffeId }) => spiffeId)),
    trusts: sorted(svids.flatMap(({ trusts }) => trusts)),
  };
}

/** The fallback identity of pods that are not in the fleet. Its SPIFFE ID is shown as a template. */
function others(cluster: ResolvedCluster): readonly (readonly [string, Held])[] {
  return cluster.identities
    .filter(({ fallback }) => fallback)
    .map(({ spiffeIdTemplate, federatesWith }) => [
      `other pods of the mesh of ${cluster.name}`,
      {
        cluster: cluster.name,
        spiffeIds: [template(spiffeIdTemplate, cluster.trustDomain)],
        trusts: [cluster.trustDomain, ...federatesWith].sort(),
      },
    ]);
}

/** `spiffe://east.example/ns/<namespace>/sa/<service account>`. */
function template(written: string, trustDomain: string): string {
  return renderTemplate(written, { trustDomain, namespace: '<namespace>', serviceAccount: '<service account>' });
}
