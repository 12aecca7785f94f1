/** Generates fleets that are right: any combination of versions, layouts, endpoints, federations, workloads and calls. */
import fc from 'fast-check';
import { istioRunsOn, kubernetesMinors } from '../../lib/model/versions';

/** Trust domains whose roots exist in the tests' folder. */
export const TRUST_DOMAINS = ['td0.example', 'td1.example', 'td2.example', 'td3.example'] as const;

type Written = Record<string, unknown>;

interface ClusterChoice {
  readonly kubernetes: string;
  readonly istio: string;
  readonly spire: string;
  readonly layout: 'separate' | 'shared';
  readonly expose: 'LoadBalancer' | 'NodePort' | 'ClusterIP';
  readonly web: boolean;
  readonly metallb: boolean;
  readonly gateway: boolean;
  readonly observability: boolean;
}

const istioVersions = ['1.24.1', '1.26.3', '1.27.0', '1.29.2', '1.30.2', '1.31.4'];

const clusterChoice: fc.Arbitrary<ClusterChoice> = fc.record({
  kubernetes: fc.constantFrom(...kubernetesMinors()),
  istio: fc.constantFrom(...istioVersions),
  spire: fc.constantFrom('1.11.3', '1.12.3', '1.13.4', '1.14.6', '1.15.3'),
  layout: fc.constantFrom('separate' as const, 'shared' as const),
  expose: fc.constantFrom('LoadBalancer' as const, 'NodePort' as const, 'ClusterIP' as const),
  web: fc.boolean(),
  metallb: fc.boolean(),
  gateway: fc.boolean(),
  observability: fc.boolean(),
});

interface WorkloadChoice {
  readonly cluster: number;
  readonly kind: 'bookinfo' | 'curl-greeter' | 'image' | 'pods';
  readonly credential: boolean;
  readonly ownId: boolean;
  /** Which of the other workloads it calls, if that is possible. */
  readonly calls: readonly boolean[];
}

const workloadChoice: fc.Arbitrary<WorkloadChoice> = fc.record({
  cluster: fc.nat(3),
  kind: fc.constantFrom('bookinfo' as const, 'curl-greeter' as const, 'image' as const, 'pods' as const),
  credential: fc.boolean(),
  ownId: fc.boolean(),
  calls: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
});

/** A fleet document, as a person could have written it. */
export const fleets: fc.Arbitrary<Written> = fc
  .record({
    clusters: fc.array(clusterChoice, { minLength: 1, maxLength: 4 }),
    links: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    workloads: fc.array(workloadChoice, { maxLength: 5 }),
  })
  .map(({ clusters, links, workloads }) => {
    const pairs = clusters.flatMap((_, i) => clusters.slice(i + 1).map((_, j): [number, number] => [i, i + 1 + j]));
    const linked = pairs.filter((_, index) => links[index]);
    const called = calledWorkloads(workloads, clusters, linked);
    return {
      fleet: 'generated',
      clusters: Object.fromEntries(clusters.map((choice, index) => [clusterName(index), clusterOf(choice, index)])),
      ...(linked.length > 0 && {
        federation: linked.map(([one, other]) => ({ between: [clusterName(one), clusterName(other)] })),
      }),
      workloads: Object.fromEntries(
        workloads.map((choice, index) => [workloadName(index), workloadOf(choice, index, clusters.length, called)]),
      ),
    };
  });

const clusterName = (index: number): string => `cluster${index}`;
const workloadName = (index: number): string => `workload${index}`;
const homeOf = (choice: WorkloadChoice, clusters: number): number => choice.cluster % clusters;

function clusterOf(choice: ClusterChoice, index: number): Written {
  const istio = istioRunsOn(choice.istio, choice.kubernetes)
    ? choice.istio
    : (istioVersions.find((version) => istioRunsOn(version, choice.kubernetes)) ?? '1.24.1');
  return {
    trustDomain: TRUST_DOMAINS[index],
    versions: { kubernetes: choice.kubernetes, istio, spire: choice.spire },
    spire: { namespaces: choice.layout },
    observability: choice.observability,
    ...(choice.metallb && { loadBalancer: { metallb: { addresses: [`10.${index}.0.0/24`] } } }),
    ...(choice.gateway && { gateway: { address: `10.${index}.0.2` } }),
    ...(choice.web && { trust: { root: `trust/${TRUST_DOMAINS[index]}.pem` } }),
    bundleEndpoint: {
      address: `10.${index}.0.1`,
      expose: choice.expose,
      ...(choice.expose === 'NodePort' && { port: 30443 }),
      ...(choice.web && { profile: 'https_web', webCertificate: 'web' }),
    },
  };
}

/** For each workload, those it calls: reachable ones only, and nobody that may not call or be called. */
function calledWorkloads(
  workloads: readonly WorkloadChoice[],
  clusters: readonly ClusterChoice[],
  linked: readonly [number, number][],
): readonly (readonly number[])[] {
  return workloads.map((caller, index) => {
    const home = homeOf(caller, clusters.length);
    return workloads.flatMap((called, other) => {
      const there = homeOf(called, clusters.length);
      const reachable =
        home === there ||
        (linked.some(([a, b]) => (a === home && b === there) || (b === home && a === there)) &&
          clusters[there]?.gateway);
      const possible = other !== index && caller.kind !== 'bookinfo' && called.kind !== 'curl-greeter' && reachable;
      return possible && caller.calls[other] ? [other] : [];
    });
  });
}

function workloadOf(
  choice: WorkloadChoice,
  index: number,
  clusters: number,
  called: readonly (readonly number[])[],
): Written {
  const name = workloadName(index);
  const calls = called[index] ?? [];
  const isCalled = called.some((others) => others.includes(index));
  const host = choice.kind === 'curl-greeter' ? {} : { host: `${name}.example.org` };
  return {
    cluster: clusterName(homeOf(choice, clusters)),
    ...kindOf(choice.kind, name),
    ...host,
    ...(choice.credential && choice.kind !== 'curl-greeter' && { credential: { secret: `${name}-certificate` } }),
    ...(choice.ownId && !isCalled && choice.kind !== 'bookinfo' && { spiffeId: `/own/${name}` }),
    ...(calls.length > 0 && { calls: calls.map(workloadName) }),
  };
}

function kindOf(kind: WorkloadChoice['kind'], name: string): Written {
  switch (kind) {
    case 'bookinfo':
    case 'curl-greeter':
      return { preset: kind };
    case 'image':
      return { image: `registry.example.org/${name}:1.0.0`, port: 8080 };
    case 'pods':
      return { pods: { labels: { app: name } }, service: name, port: 8080 };
  }
}
