/** The layers of a cluster's output and their dependencies. */

/** Order in which a cluster's layers are applied by hand; each may rely on those before it. */
export const LAYERS = [
  'crds',
  'namespaces',
  'spire-server',
  'spire-agent',
  'identities',
  'istio',
  'workloads',
  'observability',
  'edge',
] as const;

/** The name of a layer. */
export type Layer = (typeof LAYERS)[number];

/** Steps that install Istio's charts, between the layers. */
export const INSTALLATIONS = ['istio-install', 'istio-gateway'] as const;

/** Something that a GitOps tool applies as a whole and waits for. */
export type DeliveryStep = Layer | (typeof INSTALLATIONS)[number];

/**
 * What must be ready before a step, in a cluster that has all of them.
 * - Nothing waits for the gateway or for the edge: a load balancer gets its address from a pool of the edge, or late, or
 *   from a person, and neither identities nor programs have to do with that.
 * - Identities do not wait for agents: one node that is away leaves a DaemonSet unready, and grants must still be withdrawn.
 * - Workloads, observability and edge do not wait for each other: an image that cannot be pulled ends no federation.
 */
const NEEDS: Readonly<Record<DeliveryStep, readonly DeliveryStep[]>> = {
  crds: [],
  namespaces: ['crds'],
  'spire-server': ['namespaces'],
  'spire-agent': ['spire-server'],
  identities: ['spire-server'],
  'istio-install': ['spire-agent', 'identities'],
  istio: ['istio-install'],
  workloads: ['istio'],
  observability: ['istio'],
  edge: ['istio'],
  'istio-gateway': ['istio'],
};

const STEPS = Object.keys(NEEDS) as readonly DeliveryStep[];

/** Steps of a cluster, each after those it needs. */
export function orderedSteps(present: ReadonlySet<DeliveryStep>): readonly DeliveryStep[] {
  return STEPS.filter((step) => present.has(step)).sort((a, b) => depthOf(a) - depthOf(b));
}

/** What a step waits for among those of its cluster; where one is absent, what that one would have waited for. */
export function needsOf(step: DeliveryStep, present: ReadonlySet<DeliveryStep>): readonly DeliveryStep[] {
  const found = NEEDS[step].flatMap((need) => (present.has(need) ? [need] : needsOf(need, present)));
  return [...new Set(found)];
}

/** How many steps stand before this one, in a cluster that has all of them; those of the same depth go together. */
export function depthOf(step: DeliveryStep): number {
  return Math.max(0, ...NEEDS[step].map((need) => depthOf(need) + 1));
}
