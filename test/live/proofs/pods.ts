/** Proves that every pod runs, with the containers that the walkthrough's architecture has, and stays up. */
import type { Cluster, KubernetesObject } from '../cluster/cluster';
import { sleep, waitFor } from '../machine/wait';
import { expect, type Proof } from './proof';

/** READY of each pod, by namespace and the name of what made it; the agent's three containers run as two pods. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cluster1: {
    'spire-server/spire-server': '2/2',
    'spire-system/spire-agent': '1/1',
    'spire-system/spiffe-csi-driver': '2/2',
    'istio-system/istiod': '1/1',
    'istio-system/kiali': '1/1',
    'istio-system/prometheus': '1/1',
    'curl-greeter/curl-greeter': '2/2',
  },
  cluster2: {
    'spire-server/spire-server': '2/2',
    'spire-system/spire-agent': '1/1',
    'spire-system/spiffe-csi-driver': '2/2',
    'istio-system/istiod': '1/1',
    'istio-system/istio-ingressgateway': '1/1',
    'istio-system/kiali': '1/1',
    'istio-system/prometheus': '1/1',
    'bookinfo/details-v1': '2/2',
    'bookinfo/productpage-v1': '2/2',
    'bookinfo/ratings-v1': '2/2',
    'bookinfo/reviews-v1': '2/2',
    'bookinfo/reviews-v2': '2/2',
    'bookinfo/reviews-v3': '2/2',
  },
};

/** Seconds in which no container may restart, once all are ready. */
const SETTLED = 15;

export const podProofs: readonly Proof[] = [
  {
    name: 'every pod is Ready with the containers of the walkthrough',
    prove: async ({ clusters }) => {
      const seen = await Promise.all(clusters.map((cluster) => waitForPods(cluster)));
      return clusters.map(({ name }, index) => `${name}: ${seen[index]}`).join('; ');
    },
  },
  {
    name: 'no container restarts once all are ready',
    prove: async ({ clusters }) => {
      const before = await Promise.all(clusters.map(restartsOf));
      await sleep(SETTLED * 1000);
      const after = await Promise.all(clusters.map(restartsOf));
      expect(JSON.stringify(before) === JSON.stringify(after), `restarts went from ${before} to ${after}`);
      return `${after.join(' and ')} restarts of all containers before, none in ${SETTLED} s`;
    },
  },
];

/** Waits until exactly the expected pods are ready; their names with READY. */
export function waitForPods(cluster: Cluster, timeout = 240): Promise<string> {
  return waitFor(
    `pods of ${cluster.name}`,
    async () => {
      const pods = (await cluster.list(['pods', '-A'])).filter(({ metadata }) => !isAddOn(metadata.namespace ?? ''));
      const seen = Object.fromEntries(pods.map((pod) => [madeBy(pod), readiness(pod)]).sort());
      const wanted = EXPECTED[cluster.name] ?? {};
      for (const [name, ready] of Object.entries(wanted)) {
        expect(seen[name] === ready, `${name} is ${seen[name] ?? 'missing'}, not ${ready}`);
      }
      const others = Object.keys(seen).filter((name) => !(name in wanted));
      expect(others.length === 0, `nobody expects ${others.join(', ')}`);
      expect(pods.length === Object.keys(wanted).length, 'pods of an earlier revision are still there');
      return Object.entries(seen)
        .map(([name, ready]) => `${name} ${ready}`)
        .join(', ');
    },
    { timeout, interval: 2 },
  );
}

interface PodStatus {
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}
interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
}
interface PodSpec {
  readonly containers: readonly { readonly name: string }[];
  readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
}

/** READY as kubectl shows it: init containers that keep running count. */
function readiness(pod: KubernetesObject): string {
  const { containers, initContainers = [] } = pod.spec as PodSpec;
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status as PodStatus;
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const ready = [...containerStatuses, ...initContainerStatuses].filter(
    (status) => status.ready && running.some(({ name }) => name === status.name),
  );
  return `${ready.length}/${running.length}`;
}

/** `namespace/name` of the Deployment, DaemonSet or StatefulSet behind a pod. */
function madeBy({ metadata }: KubernetesObject): string {
  const [owner] = (metadata.ownerReferences ?? []) as readonly { readonly kind: string; readonly name: string }[];
  const name = owner?.kind === 'ReplicaSet' ? owner.name.replace(/-[^-]+$/, '') : (owner?.name ?? metadata.name);
  return `${metadata.namespace}/${name}`;
}

function isAddOn(namespace: string): boolean {
  return ['kube-system', 'metallb-system'].includes(namespace);
}

async function restartsOf(cluster: Cluster): Promise<number> {
  const pods = await cluster.list(['pods', '-A']);
  const statuses = pods.flatMap(({ status }) => {
    const { containerStatuses = [], initContainerStatuses = [] } = status as PodStatus;
    return [...containerStatuses, ...initContainerStatuses];
  });
  return statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}
