/** The agent beside a nested SPIRE server: its configuration, and its container and volumes in the server's pod. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { spireAgentImage } from '../images/images';
import { RESTRICTED_CONTAINER } from '../model/cluster/pod-security';
import { objectLabels, UPSTREAM_AGENT } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import { completeUpstream, type UpstreamSettings } from '../model/spire/nesting-without-fleet';
import type { ResolvedUpstream } from '../model/spire/resolved-nesting';
import { completeSpire } from '../model/spire/without-fleet';
import { ROOT_FILE, UPSTREAM_CERTIFICATE_FOLDER, UPSTREAM_SOCKET } from '../spire-plugins/pod-paths';
import { metricsPorts } from './metrics-port';
import { renderUpstreamAgentConfig, UPSTREAM_AGENT_PATHS } from './upstream-agent-config';

export interface UpstreamAgentProps {
  readonly trustDomain: string;
  /** The same as in the props of `SpireServer`. */
  readonly upstream: UpstreamSettings;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** The agent's ConfigMap; its container runs in the pod of `SpireServer`. */
export class UpstreamAgent extends Construct {
  constructor(scope: Construct, id: string, settings: UpstreamAgentProps) {
    super(scope, id);
    const spire = completeSpire(settings.spire);
    const props = { trustDomain: settings.trustDomain, spire, upstream: completeUpstream(settings.upstream, spire) };
    new k8s.KubeConfigMap(this, 'config', {
      metadata: {
        name: UPSTREAM_AGENT.configMap,
        namespace: props.spire.serverNamespace,
        labels: objectLabels(UPSTREAM_AGENT.name, 'spire'),
      },
      data: { [UPSTREAM_AGENT_PATHS.configFile]: renderUpstreamAgentConfig(props) },
    });
  }
}

const SOCKET: k8s.VolumeMount = { name: UPSTREAM_SOCKET.volume, mountPath: UPSTREAM_SOCKET.folder };

export function upstreamAgentVolumes({ secret }: ResolvedUpstream): k8s.Volume[] {
  return [
    { name: 'upstream-agent-config', configMap: { name: UPSTREAM_AGENT.configMap } },
    { name: 'upstream-agent-data', emptyDir: {} },
    { name: 'upstream-certificate', secret: { secretName: secret, defaultMode: 0o440 } },
    { name: UPSTREAM_SOCKET.volume, emptyDir: {} },
  ];
}

export function upstreamAgentContainer(
  { agentVersion }: ResolvedUpstream,
  { telemetry }: Pick<ResolvedSpire, 'telemetry'>,
): k8s.Container {
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('agent-health') });
  return {
    name: UPSTREAM_AGENT.name,
    image: spireAgentImage(agentVersion),
    args: ['-config', `${UPSTREAM_AGENT_PATHS.config}/${UPSTREAM_AGENT_PATHS.configFile}`],
    ports: [
      { name: 'agent-health', containerPort: UPSTREAM_AGENT.healthPort, protocol: 'TCP' },
      ...metricsPorts(telemetry, METRICS.upstreamAgent),
    ],
    // It answers once the server above has attested it, and asks that server again until then.
    startupProbe: { httpGet: health('/live'), periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { httpGet: health('/live'), periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
    readinessProbe: { httpGet: health('/ready'), periodSeconds: 5 },
    resources: {
      requests: { cpu: k8s.Quantity.fromString('20m'), memory: k8s.Quantity.fromString('64Mi') },
      limits: { memory: k8s.Quantity.fromString('256Mi') },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'upstream-agent-config', mountPath: UPSTREAM_AGENT_PATHS.config, readOnly: true },
      { name: 'upstream-agent-data', mountPath: UPSTREAM_AGENT_PATHS.data },
      { name: 'upstream-certificate', mountPath: UPSTREAM_CERTIFICATE_FOLDER, readOnly: true },
      { name: ROOT_FILE.volume, mountPath: ROOT_FILE.folder, readOnly: true },
      SOCKET,
    ],
  };
}
