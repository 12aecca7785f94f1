/** How many pods of a SPIRE server run, on which nodes, and how many of them a drain may take. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedServerSettings } from '../model/spire/resolved-spire';
import { mostServers } from '../model/spire/server-settings';

export interface ServerScalingProps extends Pick<ResolvedServerSettings, 'replicas' | 'autoscaling'> {
  readonly namespace: string;
}

/** The PodDisruptionBudget of several servers, and the HorizontalPodAutoscaler that sets their number. */
export class ServerScaling extends Construct {
  constructor(scope: Construct, id: string, { namespace, replicas, autoscaling }: ServerScalingProps) {
    super(scope, id);
    const metadata = { name: SPIRE_SERVER.name, namespace, labels: objectLabels(SPIRE_SERVER.name, 'spire') };
    if (mostServers({ replicas, autoscaling }) > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata,
        spec: {
          // A drain takes one server at a time. It may always take one that is not ready.
          maxUnavailable: k8s.IntOrString.fromNumber(1),
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
        },
      });
    }
    if (autoscaling !== undefined) {
      new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: SPIRE_SERVER.name },
          minReplicas: replicas,
          maxReplicas: autoscaling.maxReplicas,
          metrics: [
            {
              type: 'ContainerResource',
              // Signing takes the CPU. The controller manager works in one pod only, the leader.
              containerResource: {
                container: SPIRE_SERVER.name,
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: autoscaling.cpu },
              },
            },
          ],
        },
      });
    }
  }
}

/** Absent where an autoscaler sets it: every apply would set it back. */
export function fixedReplicas({ replicas, autoscaling }: ResolvedServerSettings): number | undefined {
  return autoscaling === undefined ? replicas : undefined;
}

/**
 * Spreads the servers over nodes and zones where there are several. A cluster with too few of them still runs all.
 *
 * Soft topologySpreadConstraints would not do: of several, the scheduler counts none on nodes that lack one of the labels,
 * and many clusters have no zones.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.4/pkg/scheduler/framework/plugins/podtopologyspread/scoring.go
 */
export function spread(server: ResolvedServerSettings): Pick<k8s.PodSpec, 'affinity'> {
  if (mostServers(server) === 1) return {};
  const preferred = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    weight: 100,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels: selectorLabels(SPIRE_SERVER.name) } },
  }));
  return { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } };
}
