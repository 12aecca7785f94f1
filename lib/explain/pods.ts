/** Knows the pods of a fleet: those it deploys, those it expects from elsewhere, the gateways, and any that a person brings. */
import { parse } from 'yaml';
import {
  CSI_DRIVER,
  GATEWAY_POD_LABELS,
  INJECT_LABEL,
  ISTIO,
  SIDECAR_TEMPLATES,
  TEMPLATES_ANNOTATION,
} from '../model/names';
import { podLabels } from '../model/pod-labels';
import type { ResolvedCluster, ResolvedFleet, ResolvedWorkload } from '../model/resolved-fleet';

/** A pod as far as its identity depends on it. */
export interface Pod {
  readonly cluster: string;
  readonly namespace: string;
  /** Of the pod, or of the controller that makes it. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Who asks SPIRE for an identity: Istio's proxy, the program itself, or nobody. */
  readonly asks: 'proxy' | 'program' | 'nobody';
  /** The workload of the fleet that it is part of. */
  readonly workload?: string;
  /** The part of the workload; absent for pods from elsewhere, which have none. */
  readonly component?: string;
}

/** All pods that the fleet knows of a cluster. */
export function podsOf(cluster: ResolvedCluster): readonly Pod[] {
  const gateway: readonly Pod[] =
    cluster.gateway === undefined
      ? []
      : [
          {
            cluster: cluster.name,
            namespace: ISTIO.namespace,
            name: ISTIO.gateway,
            labels: GATEWAY_POD_LABELS,
            serviceAccount: ISTIO.gatewayServiceAccount,
            asks: 'proxy',
          },
        ];
  return [...cluster.workloads.flatMap((workload) => workloadPods(cluster.name, workload)), ...gateway];
}

/** The pods of one workload; those from elsewhere as they must be. */
export function workloadPods(cluster: string, workload: ResolvedWorkload): readonly Pod[] {
  const { namespace, proxied, components, expectedPods } = workload;
  const common = { cluster, namespace, asks: proxied ? 'proxy' : 'program', workload: workload.name } as const;
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
 * Pods that a person means by a name: a workload, the controller of a pod (`ratings-v1`) or the pod itself
 * (`ratings-v1-7d9c…`), a cluster's gateway; with `cluster/` or `cluster/namespace/` before it to choose among several.
 */
export function findPods(fleet: ResolvedFleet, name: string): readonly Pod[] {
  const parts = name.split('/');
  const last = parts.at(-1) ?? '';
  const [cluster, namespace] = parts.slice(0, -1);
  const candidates = fleet.clusters
    .flatMap(podsOf)
    .filter((pod) => cluster === undefined || pod.cluster === cluster)
    .filter((pod) => namespace === undefined || pod.namespace === namespace);
  const ofWorkload = candidates.filter((pod) => pod.workload === last);
  const named = candidates.filter((pod) => pod.name === last || isPodOf(last, pod.name));
  return ofWorkload.length > 0 ? ofWorkload : named;
}

/** A ReplicaSet's pods are called after the Deployment, two generated parts behind it; a StatefulSet's carry a number. */
function isPodOf(podName: string, controller: string): boolean {
  return (
    podName.startsWith(`${controller}-`) && /^([0-9a-z]+-[0-9a-z]{5}|\d+)$/.test(podName.slice(controller.length + 1))
  );
}

interface PodManifest {
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly serviceAccountName?: string;
    readonly volumes?: readonly { readonly csi?: { readonly driver?: string } }[];
  };
}

/** A pod out of `kubectl get pod … -o yaml` or `-o json`; undefined where the text holds none. */
export function readPod(text: string, cluster: string): Pod | undefined {
  let manifest: PodManifest | null;
  try {
    manifest = parse(text) as PodManifest | null;
  } catch {
    return undefined;
  }
  if (manifest?.kind !== 'Pod' || manifest.metadata === undefined) {
    return undefined;
  }
  const { metadata, spec } = manifest;
  const labels = metadata.labels ?? {};
  const templates = metadata.annotations?.[TEMPLATES_ANNOTATION]?.split(',').map((template) => template.trim()) ?? [];
  const injected =
    labels[INJECT_LABEL] !== 'false' &&
    [ISTIO.sidecarTemplate, ISTIO.gatewayTemplate].some((template) => templates.includes(template));
  const mounts = spec?.volumes?.some(({ csi }) => csi?.driver === CSI_DRIVER.driver) ?? false;
  return {
    cluster,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name ?? 'the pod',
    labels,
    serviceAccount: spec?.serviceAccountName ?? 'default',
    asks: injected ? 'proxy' : mounts ? 'program' : 'nobody',
  };
}

/** What makes a pod ask, for whoever writes its manifest. */
export function howToAsk(mesh: boolean): string {
  return mesh
    ? `annotate the pod template with ${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}`
    : `mount an inline volume of the CSI driver ${CSI_DRIVER.driver}`;
}
