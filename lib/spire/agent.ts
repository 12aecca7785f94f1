/** The SPIRE agent on every node: its configuration and its DaemonSet. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { spireAgentImage } from '../images/images';
import { configurationChecksum } from '../model/configuration';
import {
  ADMIN_SOCKET,
  BUNDLE_CONFIG_MAP,
  KUBELET_ADDRESS_ENV,
  LINUX,
  objectLabels,
  SPIRE_AGENT,
  SPIRE_PRIORITY_CLASS,
  selectorLabels,
} from '../model/names';
import type { ResolvedIstio, ResolvedKubelet, ResolvedSpire } from '../model/resolved-fleet';
import { METRICS, scrapeAnnotations } from '../model/spire/metrics-endpoints';
import { completeKubelet, completeSettings, type SpireSettings } from '../model/spire/without-fleet';
import { planAgentPlugins, variablesOfAgents } from '../spire-plugins/by-name/agent-plans';
import type { AgentToken } from '../spire-plugins/node-attestor/node-attestor';
import { AGENT_PATHS, type AgentConfigProps, renderAgentConfig } from './agent-config';
import { metricsPorts } from './metrics-port';
import { expansionOf, mountOf, variableOf, volumeOf } from './plugin-pod';

export interface SpireAgentProps extends SpireSettings {
  /** @default - a kubelet in /var/lib/kubelet whose certificate is verified for the address of the node */
  readonly kubelet?: Partial<ResolvedKubelet>;
  /** Istio on the cluster, whose proxies ask the agent for their identity; `{}` says that there is one. @default - none */
  readonly istio?: Partial<ResolvedIstio>;
}

const LABELS = objectLabels(SPIRE_AGENT.name, 'spire');

/** The agents of a cluster, with the permissions of `SpireAgentRbac`. They wait for the ConfigMap with the bundle, which the server writes, unless they fetch the bundle by its URL. */
export class SpireAgent extends Construct {
  constructor(scope: Construct, id: string, settings: SpireAgentProps) {
    super(scope, id);
    const props: AgentConfigProps = { ...completeSettings(settings), kubelet: completeKubelet(settings.kubelet) };
    const namespace = props.spire.agentNamespace;
    const metadata = { name: SPIRE_AGENT.name, namespace, labels: LABELS };
    const config = renderAgentConfig(props);
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { ...metadata, name: SPIRE_AGENT.configMap },
      data: { [AGENT_PATHS.configFile]: config },
    });
    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata,
      spec: {
        selector: { matchLabels: selectorLabels(SPIRE_AGENT.name) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) } },
        template: {
          metadata: {
            labels: LABELS,
            annotations: {
              ...configurationChecksum(config),
              ...scrapeAnnotations(props.spire.telemetry, METRICS.agent),
            },
          },
          spec: podSpec(props),
        },
      },
    });
  }
}

/** Field of the agent's pod that holds the address of its kubelet. */
const KUBELET_ADDRESS_FIELDS = {
  // Always reachable; the default, because the DNS of many clusters knows no names of nodes.
  hostIP: 'status.hostIP',
  // For kubelet certificates without IP addresses (spiffe/spire#6146).
  nodeName: 'spec.nodeName',
} as const;

function tokenVolume({ file, audience, seconds }: AgentToken): k8s.Volume {
  return {
    name: 'token',
    projected: { sources: [{ serviceAccountToken: { path: file, audience, expirationSeconds: seconds } }] },
  };
}

/** Whether agents start from the bundle that their server writes. Their pods wait for the ConfigMap. */
function readsConfigMap({ agent }: ResolvedSpire): boolean {
  return agent.trustBundle === undefined;
}

function podSpec({ spire, plugins, kubelet }: AgentConfigProps): k8s.PodSpec {
  const { token } = plugins.agentAttestor;
  return {
    serviceAccountName: SPIRE_AGENT.name,
    priorityClassName: SPIRE_PRIORITY_CLASS,
    nodeSelector: LINUX,
    // Callers of the socket are identified by their process, which lives in another pod.
    hostPid: true,
    // Every node that can run pods needs identities for them.
    tolerations: [{ operator: 'Exists' }],
    containers: [agentContainer(spire, token, kubelet)],
    volumes: [
      { name: 'config', configMap: { name: SPIRE_AGENT.configMap } },
      ...(readsConfigMap(spire) ? [{ name: 'bundle', configMap: { name: BUNDLE_CONFIG_MAP.name } }] : []),
      { name: 'data', emptyDir: {} },
      { name: 'socket', hostPath: { path: spire.agent.socket.directory, type: 'DirectoryOrCreate' } },
      ...(spire.agent.delegates === undefined
        ? []
        : [{ name: 'admin-socket', hostPath: { path: ADMIN_SOCKET.hostDirectory, type: 'DirectoryOrCreate' } }]),
      ...(token === undefined ? [] : [tokenVolume(token)]),
      ...pluginVolumes(spire),
    ],
  };
}

/** A program of others makes its socket in the folder for temporary files, and the rest of the container is read-only. */
function hasPrograms(spire: ResolvedSpire): boolean {
  return planAgentPlugins(spire).some(({ program }) => program !== undefined);
}

function pluginVolumes(spire: ResolvedSpire): readonly k8s.Volume[] {
  return [
    ...(hasPrograms(spire) ? [{ name: 'tmp', emptyDir: {} }] : []),
    ...planAgentPlugins(spire).flatMap(({ volumes = [] }) => volumes.map(volumeOf)),
  ];
}

function pluginMounts(spire: ResolvedSpire): readonly k8s.VolumeMount[] {
  return [
    ...(hasPrograms(spire) ? [{ name: 'tmp', mountPath: '/tmp' }] : []),
    ...planAgentPlugins(spire).flatMap(({ mounts = [] }) => mounts.map(mountOf)),
  ];
}

function agentContainer(spire: ResolvedSpire, token: AgentToken | undefined, kubelet: ResolvedKubelet): k8s.Container {
  const variables = variablesOfAgents(spire);
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('health') });
  return {
    name: SPIRE_AGENT.name,
    image: spireAgentImage(spire.agentVersion),
    args: ['-config', `${AGENT_PATHS.config}/${AGENT_PATHS.configFile}`, ...expansionOf(variables)],
    env: [
      { name: KUBELET_ADDRESS_ENV, valueFrom: { fieldRef: { fieldPath: KUBELET_ADDRESS_FIELDS[kubelet.address] } } },
      ...variables.map(variableOf),
    ],
    ports: [
      { name: 'health', containerPort: SPIRE_AGENT.healthPort, protocol: 'TCP' },
      ...metricsPorts(spire.telemetry, METRICS.agent),
    ],
    startupProbe: { httpGet: health('/live'), periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { httpGet: health('/live'), periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
    readinessProbe: { httpGet: health('/ready'), periodSeconds: 5 },
    resources: {
      requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') },
      limits: { memory: k8s.Quantity.fromString('256Mi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      // Root owns the socket's folder on the node; without capabilities it is root of that folder and little else.
      runAsUser: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'config', mountPath: AGENT_PATHS.config, readOnly: true },
      ...(readsConfigMap(spire) ? [{ name: 'bundle', mountPath: AGENT_PATHS.bundle, readOnly: true }] : []),
      { name: 'data', mountPath: AGENT_PATHS.data },
      { name: 'socket', mountPath: spire.agent.socket.directory },
      ...(spire.agent.delegates === undefined ? [] : [{ name: 'admin-socket', mountPath: ADMIN_SOCKET.hostDirectory }]),
      ...(token === undefined ? [] : [{ name: 'token', mountPath: token.folder, readOnly: true }]),
      ...pluginMounts(spire),
    ],
  };
}
