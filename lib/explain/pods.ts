/** The pods of a fleet: deployed ones, expected ones that the output does not deploy, gateways, and a person's own manifests. */
import { GATEWAY_POD_LABELS, ISTIO, PROXY_CONTAINER } from '../model/names';
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';
import { podLabels } from '../model/workloads/pod-labels';
import { explainInjection } from './injection';
import type { PodManifest } from './pod-manifest';

/** The properties of a pod that decide about its identity. */
export interface Pod {
  readonly cluster: string;
  readonly namespace: string;
  /** Name of the pod, or of its controller. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** The process that requests an SVID from SPIRE: Istio's proxy, the program itself, or none. */
  readonly requester: 'proxy' | 'program' | 'none';
  /** The condition under which it does, if the fleet cannot decide that: `if namespace a …`. */
  readonly condition?: string;
  /** Why no process requests an SVID, and what to do about it. @default - a process does, or the reason is not known */
  readonly noRequest?: { readonly says: string; readonly remedy: string };
  /** The workload of the fleet that the pod belongs to. */
  readonly workload?: string;
  /** The part of the workload; absent for pods from elsewhere, which have none. */
  readonly component?: string;
}

/** All pods of a cluster that the fleet describes. */
export function podsOf(cluster: ResolvedCluster): readonly Pod[] {
  const ofWorkloads = cluster.workloads.flatMap((workload) => workloadPods(cluster.name, workload));
  const gateway = gatewayPod(cluster);
  return gateway === undefined ? ofWorkloads : [...ofWorkloads, gateway];
}

/** The pod of a cluster's gateway. @returns undefined where the cluster has no gateway */
export function gatewayPod({ name, gateway }: ResolvedCluster): Pod | undefined {
  return gateway === undefined
    ? undefined
    : {
        cluster: name,
        namespace: ISTIO.namespace,
        name: ISTIO.gateway,
        labels: GATEWAY_POD_LABELS,
        serviceAccount: ISTIO.gatewayServiceAccount,
        requester: 'proxy',
      };
}

/** The pods of a workload. If the output does not deploy them, the pods as the fleet expects them. */
export function workloadPods(cluster: string, workload: ResolvedWorkload): readonly Pod[] {
  const { namespace, proxied, components, expectedPods } = workload;
  const common = { cluster, namespace, requester: proxied ? 'proxy' : 'program', workload: workload.name } as const;
  if (expectedPods !== undefined) {
    const { labels, serviceAccount } = expectedPods;
    return [{ ...common, name: workload.name, labels, serviceAccount }];
  }
  return components.flatMap((component) =>
    component.deployments.map((deployment) => ({
      ...common,
      name: deployment.name,
      component: component.name,
      labels: podLabels(workload, component, deployment),
      serviceAccount: component.serviceAccount,
    })),
  );
}

/**
 * Finds pods by the name of a workload, a controller (`ratings-v1`), a pod (`ratings-v1-7d9c…`) or a gateway.
 * A prefix `cluster/` or `cluster/namespace/` chooses among several.
 */
export function findPods(fleet: ResolvedFleet, name: string): readonly Pod[] {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const [cluster, namespace] = name.split('/').slice(0, -1);
  const candidates = fleet.clusters
    .flatMap(podsOf)
    .filter((pod) => cluster === undefined || pod.cluster === cluster)
    .filter((pod) => namespace === undefined || pod.namespace === namespace);
  const ofWorkload = candidates.filter((pod) => pod.workload === last);
  const named = candidates.filter((pod) => pod.name === last || isPodOf(last, pod.name));
  return ofWorkload.length > 0 ? ofWorkload : named;
}

/** A pod of a Deployment is named after it, followed by two generated parts. A pod of a StatefulSet ends with a number. */
function isPodOf(podName: string, controller: string): boolean {
  return (
    podName.startsWith(`${controller}-`) && /^([0-9a-z]+-[0-9a-z]{5}|\d+)$/.test(podName.slice(controller.length + 1))
  );
}

/** A pod from a manifest, as it is or would be on a cluster. */
export function podOf(manifest: PodManifest, cluster: ResolvedCluster): Pod {
  const { name = 'the pod', namespace, labels, serviceAccount } = manifest;
  return { cluster: cluster.name, namespace, name, labels, serviceAccount, ...requestOf(manifest, cluster) };
}

function requestOf(
  manifest: PodManifest,
  cluster: ResolvedCluster,
): Pick<Pod, 'requester' | 'condition' | 'noRequest'> {
  const { exists, hostNetwork } = manifest;
  const proxy = manifest.containers.find(({ name }) => name === PROXY_CONTAINER);
  if (!hostNetwork && proxy !== undefined && mountsSocket(proxy, manifest)) return { requester: 'proxy' };
  const injection = explainInjection(manifest, cluster);
  // Istio injects a proxy only when a pod is created, never into a running pod.
  if (injection.injects && !exists) return { requester: 'proxy', condition: injection.condition };
  if (programRequests(manifest)) return { requester: 'program' };
  if (injection.injects)
    return { requester: 'none', noRequest: { says: whyNoRequest(proxy !== undefined), remedy: RECREATE } };
  return { requester: 'none', noRequest: hostNetwork && proxy !== undefined ? addedByHand(injection) : injection };
}

type Container = PodManifest['containers'][number];

function mountsSocket({ mounts }: Container, { socketVolumes }: PodManifest): boolean {
  return mounts.some((mount) => socketVolumes.includes(mount));
}

/** A manifest with a volume but no mount counts as unfinished, unless the volume may belong to a proxy that was added by hand. */
function programRequests(manifest: PodManifest): boolean {
  const { containers, socketVolumes, hostNetwork } = manifest;
  if (!hostNetwork || !containers.some(({ name }) => name === PROXY_CONTAINER)) return socketVolumes.length > 0;
  return containers.some((container) => container.name !== PROXY_CONTAINER && mountsSocket(container, manifest));
}

/** Istio does not redirect calls on the host network to a proxy that was added by hand, whatever its certificate. */
function addedByHand({ says, remedy }: { readonly says: string; readonly remedy: string }) {
  return { says: `${says}; its container ${PROXY_CONTAINER} was added by hand, so no call goes through it`, remedy };
}

const RECREATE = 'after Istio runs and the annotation is set, delete the pod, so that its controller creates it again';

function whyNoRequest(hasProxy: boolean): string {
  return hasProxy
    ? 'its proxy does not mount the socket of the SPIRE agent, because it was created before its annotation was set'
    : 'it runs without a proxy, which Istio injects only when a pod is created';
}
