/** Reads what runs in a cluster, as far as the fleet and Istio put it there. */
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly containerID?: string;
}

interface PodStatus {
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

interface PodSpec {
  readonly containers: readonly { readonly name: string }[];
  readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
}

export interface PodState {
  readonly uid: string;
  /** `namespace/name` of the Deployment, DaemonSet or StatefulSet behind it. */
  readonly madeBy: string;
  /** Containers that are to keep running, sidecars included. */
  readonly containers: number;
  /** Those of them that are ready. */
  readonly ready: number;
  /** Container → restarts, of all containers. */
  readonly restarts: Readonly<Record<string, number>>;
  /** Ids of the containers that keep running; another one after each start. */
  readonly containerIds: readonly string[];
}

/** Namespaces of what the harness itself puts into a cluster. */
const ADD_ONS = ['kube-system', 'metallb-system'];

export async function podStates({ kubectl }: Cluster): Promise<readonly PodState[]> {
  const pods = await kubectl.list(['pods', '-A']);
  return pods.filter(({ metadata }) => !ADD_ONS.includes(metadata.namespace ?? '')).map(stateOf);
}

function stateOf(pod: KubernetesObject): PodState {
  const { containers, initContainers = [] } = pod.spec as PodSpec;
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status as PodStatus;
  const all = [...containerStatuses, ...initContainerStatuses];
  // An init container that restarts always is a sidecar.
  const lasting = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const running = all.filter((status) => lasting.some(({ name }) => name === status.name));
  return {
    uid: String(pod.metadata.uid),
    madeBy: madeBy(pod),
    containers: lasting.length,
    ready: running.filter(({ ready }) => ready).length,
    restarts: Object.fromEntries(all.map(({ name, restartCount }) => [`${pod.metadata.name}/${name}`, restartCount])),
    containerIds: running.flatMap(({ containerID }) => containerID ?? []),
  };
}

function madeBy({ metadata }: KubernetesObject): string {
  const [owner] = (metadata.ownerReferences ?? []) as readonly { readonly kind: string; readonly name: string }[];
  const name = owner?.kind === 'ReplicaSet' ? owner.name.replace(/-[^-]+$/, '') : (owner?.name ?? metadata.name);
  return `${metadata.namespace}/${name}`;
}
