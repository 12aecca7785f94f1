/** spire-controller-manager as it runs in the server's pod: its configuration, container and volumes. */
import { k8s } from 'cdk8s-plus-27';
import { IMAGES } from '../images/images';
import { RESTRICTED_CONTAINER } from '../model/cluster/pod-security';
import { renderYaml } from '../model/configuration';
import { CONTROLLER_MANAGER } from '../model/names';
import type { ResolvedCluster, ResolvedSpire } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import { controllerManagerSettings, leaseTimes } from './controller-manager-settings';
import { metricsPorts } from './metrics-port';
import { SERVER_PATHS } from './server-config';

export type ControllerManagerProps = Pick<ResolvedCluster, 'name' | 'trustDomain' | 'spire'>;

export const CONTROLLER_MANAGER_CONFIG = { directory: '/etc/spire/controller-manager', file: 'config.yaml' } as const;

/** @see https://github.com/spiffe/spire-controller-manager/blob/v0.7.0/docs/spire-controller-manager-config.md */
export function renderControllerManagerConfig({ name, trustDomain, spire }: ControllerManagerProps): string {
  return renderYaml({
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ControllerManagerConfig',
    ...controllerManagerSettings(spire.controllerManager),
    // Part of every agent's SPIFFE ID, to which the controller manager ties the entries.
    clusterName: name,
    clusterDomain: 'cluster.local',
    trustDomain,
    ignoreNamespaces: spire.ignoredNamespaces,
    spireServerSocketPath: `${SERVER_PATHS.socketDirectory}/${SERVER_PATHS.socketFile}`,
    validatingWebhookConfigurationName: CONTROLLER_MANAGER.webhook,
    health: { healthProbeBindAddress: `0.0.0.0:${CONTROLLER_MANAGER.healthPort}` },
    metrics: {
      bindAddress: `${spire.telemetry?.prometheus ? '0.0.0.0' : '127.0.0.1'}:${CONTROLLER_MANAGER.metricsPort}`,
    },
    leaderElection: {
      leaderElect: true,
      resourceName: CONTROLLER_MANAGER.leaderElectionLease,
      resourceNamespace: spire.serverNamespace,
      ...leaseTimes(spire.controllerManager),
    },
  });
}

export function controllerManagerVolumes(): k8s.Volume[] {
  return [
    { name: 'controller-manager-config', configMap: { name: CONTROLLER_MANAGER.configMap } },
    { name: 'controller-manager-tmp', emptyDir: {} },
  ];
}

export function controllerManagerContainer({
  controllerManagerMemory: memory,
  telemetry,
}: ResolvedSpire): k8s.Container {
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('manager-health') });
  return {
    name: CONTROLLER_MANAGER.name,
    image: IMAGES.controllerManager,
    args: ['--config', `${CONTROLLER_MANAGER_CONFIG.directory}/${CONTROLLER_MANAGER_CONFIG.file}`],
    ports: [
      { name: 'webhook', containerPort: CONTROLLER_MANAGER.webhookPort, protocol: 'TCP' },
      { name: 'manager-health', containerPort: CONTROLLER_MANAGER.healthPort, protocol: 'TCP' },
      ...metricsPorts(telemetry, METRICS.controllerManager),
    ],
    // It comes up only once the server's socket answers; liveness waits for that.
    startupProbe: { httpGet: health('/healthz'), periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { httpGet: health('/healthz'), periodSeconds: 30 },
    readinessProbe: { httpGet: health('/readyz'), periodSeconds: 5 },
    resources: {
      requests: { cpu: k8s.Quantity.fromString('50m'), memory: mebibytes(memory / 4) },
      // Its cache of pods grows with the cluster.
      limits: { memory: mebibytes(memory) },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'controller-manager-config', mountPath: CONTROLLER_MANAGER_CONFIG.directory, readOnly: true },
      // It keeps the webhook's short-lived certificate in a temporary folder.
      { name: 'controller-manager-tmp', mountPath: '/tmp' },
      { name: 'server-socket', mountPath: SERVER_PATHS.socketDirectory, readOnly: true },
    ],
  };
}

function mebibytes(amount: number): k8s.Quantity {
  return k8s.Quantity.fromString(`${Math.floor(amount)}Mi`);
}
