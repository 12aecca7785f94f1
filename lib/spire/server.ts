/** A SPIRE server: its configuration, its pods with spire-controller-manager beside each, and the Service agents dial. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { spireServerImage } from '../images/images';
import { RESTRICTED_CONTAINER, restrictedPod, SERVER_USER } from '../model/cluster/pod-security';
import { configurationChecksum, renderJson } from '../model/configuration';
import { type BundleEndpointSettings, completeBundleEndpoint } from '../model/federation/without-fleet';
import { LINUX, objectLabels, SPIRE_PRIORITY_CLASS, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedBundleEndpoint } from '../model/resolved-fleet';
import { METRICS, scrapeAnnotations } from '../model/spire/metrics-endpoints';
import { completeUpstream } from '../model/spire/nesting-without-fleet';
import type { ResolvedUpstream } from '../model/spire/resolved-nesting';
import { type CompleteSpire, completeSettings, type SpireSettings } from '../model/spire/without-fleet';
import type { PluginConfigMap } from '../spire-plugins/plugin';
import { allPlugins, environmentOf, needsVolume } from '../spire-plugins/server-plugins';
import {
  controllerManagerContainer,
  controllerManagerVolumes,
  renderControllerManagerConfig,
} from './controller-manager-pod';
import { IntermediateCertificate } from './intermediate-certificate';
import { metricsPorts } from './metrics-port';
import { expansionOf, mountOf, variableOf, volumeOf } from './plugin-pod';
import { renderServerConfig, SERVER_PATHS } from './server-config';
import { fixedReplicas, ServerScaling, spread } from './server-scaling';
import { upstreamAgentContainer, upstreamAgentVolumes } from './upstream-agent';
import { renderUpstreamAgentConfig } from './upstream-agent-config';

export interface SpireServerProps extends SpireSettings {
  /** Where peers fetch the bundle. @default - nowhere */
  readonly bundleEndpoint?: BundleEndpointSettings;
}

interface CompleteProps extends CompleteSpire {
  readonly bundleEndpoint?: ResolvedBundleEndpoint;
  readonly upstream?: ResolvedUpstream;
}

/**
 * A SPIRE server with spire-controller-manager beside it. It refers to the permissions of `SpireServerRbac`, the
 * objects of `SpireControllerManager`, the class of `SpirePriorityClass`, and a Secret that the person provides.
 * A nested one has an agent beside it as well, whose configuration is `UpstreamAgent`.
 */
export class SpireServer extends Construct {
  constructor(scope: Construct, id: string, settings: SpireServerProps) {
    super(scope, id);
    const { bundleEndpoint, upstream } = settings;
    const complete = completeSettings(settings);
    const props: CompleteProps = {
      ...complete,
      bundleEndpoint: bundleEndpoint && completeBundleEndpoint(bundleEndpoint, this.node.path),
      upstream: upstream && completeUpstream(upstream, complete.spire),
    };
    const namespace = props.spire.serverNamespace;
    const labels = objectLabels(SPIRE_SERVER.name, 'spire');
    const config = renderServerConfig(props);
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: SPIRE_SERVER.configMap, namespace, labels },
      data: { [SERVER_PATHS.configFile]: config },
    });
    for (const { name, annotations, data } of configMapsOf(props)) {
      new k8s.KubeConfigMap(this, name, { metadata: { name, namespace, labels, annotations }, data });
    }
    const { certificate } = props.plugins.upstreamAuthority ?? {};
    if (certificate !== undefined) {
      new IntermediateCertificate(this, 'intermediate', { namespace, certificate });
    }
    new k8s.KubeService(this, 'service', {
      metadata: { name: SPIRE_SERVER.service, namespace, labels },
      spec: {
        type: 'ClusterIP',
        // The controller manager shares the pod; when it restarts, the server beside it still answers.
        publishNotReadyAddresses: true,
        selector: selectorLabels(SPIRE_SERVER.name),
        ports: [
          { name: 'grpc', port: SPIRE_SERVER.apiPort, targetPort: k8s.IntOrString.fromString('grpc'), protocol: 'TCP' },
        ],
      },
    });
    new ServerScaling(this, 'scaling', { ...props.spire.server, namespace });
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name: SPIRE_SERVER.name, namespace, labels },
      spec: statefulSetSpec(props, config),
    });
  }
}

/** ConfigMaps that plugins bring along. */
function configMapsOf({ plugins }: CompleteProps): readonly PluginConfigMap[] {
  return allPlugins(plugins).flatMap(({ volumes = [] }) =>
    volumes.flatMap((volume) => ('configMap' in volume ? [volume.configMap] : [])),
  );
}

/** Texts that the pod reads at its start only, beside the configurations of server and controller manager. */
function textsOf(props: CompleteProps): readonly string[] {
  const { upstream, spire } = props;
  const [first = '', ...more] = configMapsOf(props).flatMap(({ data }) => Object.values(data));
  return [
    first,
    ...(upstream ? [renderUpstreamAgentConfig({ ...props, upstream })] : []),
    ...more,
    ...identityOf(spire),
  ];
}

/** Webhooks of clouds read the annotations of the ServiceAccount when a pod is made, so a change has to make new pods. */
function identityOf({ server: { cloudIdentity } }: CompleteProps['spire']): readonly string[] {
  return cloudIdentity === undefined ? [] : [renderJson(cloudIdentity.annotations)];
}

function statefulSetSpec(props: CompleteProps, config: string): k8s.StatefulSetSpec {
  const hasVolume = needsVolume(props.plugins);
  return {
    replicas: fixedReplicas(props.spire.server),
    // With the default, a revision whose pod never becomes ready is not replaced by a corrected one.
    podManagementPolicy: 'Parallel',
    serviceName: SPIRE_SERVER.service,
    selector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
    ...(hasVolume && {
      // Losing the volume loses the CA's keys and every registration; deleting the set must not delete it.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    }),
    template: {
      metadata: {
        labels: { ...objectLabels(SPIRE_SERVER.name, 'spire'), ...props.spire.server.cloudIdentity?.podLabels },
        annotations: {
          ...configurationChecksum(config, renderControllerManagerConfig(props), ...textsOf(props)),
          ...scrapeAnnotations(props.spire.telemetry, METRICS.server),
        },
      },
      spec: podSpec(props),
    },
    ...(hasVolume && { volumeClaimTemplates: [volumeClaim(props.spire)] }),
  };
}

function volumeClaim({ storage }: CompleteProps['spire']): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name: SPIRE_SERVER.volumeClaim },
    spec: {
      volumeMode: 'Filesystem',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: k8s.Quantity.fromString(storage.size) } },
      storageClassName: storage.storageClass,
    },
  };
}

function podSpec(props: CompleteProps): k8s.PodSpec {
  return {
    serviceAccountName: SPIRE_SERVER.name,
    priorityClassName: SPIRE_PRIORITY_CLASS,
    nodeSelector: LINUX,
    securityContext: restrictedPod(SERVER_USER),
    ...spread(props.spire.server),
    // The agent tells by the process who asks it.
    shareProcessNamespace: props.upstream === undefined ? undefined : true,
    containers: [
      serverContainer(props),
      controllerManagerContainer(props.spire),
      ...(props.upstream === undefined ? [] : [upstreamAgentContainer(props.upstream, props.spire)]),
    ],
    volumes: [
      { name: 'config', configMap: { name: SPIRE_SERVER.configMap } },
      { name: 'server-socket', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
      ...(needsVolume(props.plugins) ? [] : [{ name: SPIRE_SERVER.volumeClaim, emptyDir: {} }]),
      ...allPlugins(props.plugins).flatMap(({ volumes = [] }) => volumes.map(volumeOf)),
      ...(props.bundleEndpoint?.webCertificate === undefined
        ? []
        : [{ name: 'web', secret: { secretName: props.bundleEndpoint.webCertificate, defaultMode: 0o440 } }]),
      ...controllerManagerVolumes(),
      ...(props.upstream === undefined ? [] : upstreamAgentVolumes(props.upstream)),
    ],
  };
}

function serverContainer({ spire, plugins, bundleEndpoint }: CompleteProps): k8s.Container {
  const variables = environmentOf(plugins);
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('health') });
  return {
    name: SPIRE_SERVER.name,
    image: spireServerImage(spire.serverVersion),
    args: ['-config', `${SERVER_PATHS.config}/${SERVER_PATHS.configFile}`, ...expansionOf(variables)],
    ...(variables.length > 0 && { env: variables.map(variableOf) }),
    ports: [
      { name: 'grpc', containerPort: SPIRE_SERVER.apiPort, protocol: 'TCP' },
      ...(bundleEndpoint === undefined
        ? []
        : [{ name: 'federation', containerPort: SPIRE_SERVER.bundleEndpointPort, protocol: 'TCP' }]),
      { name: 'health', containerPort: SPIRE_SERVER.healthPort, protocol: 'TCP' },
      ...metricsPorts(spire.telemetry, METRICS.server),
    ],
    startupProbe: { httpGet: health('/live'), periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { httpGet: health('/live'), periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
    readinessProbe: { httpGet: health('/ready'), periodSeconds: 5 },
    resources: {
      requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') },
      limits: { memory: k8s.Quantity.fromString('512Mi') },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'config', mountPath: SERVER_PATHS.config, readOnly: true },
      { name: SPIRE_SERVER.volumeClaim, mountPath: SERVER_PATHS.data },
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'server-socket', mountPath: SERVER_PATHS.socketDirectory },
      ...allPlugins(plugins).flatMap(({ mounts = [] }) => mounts.map(mountOf)),
      ...(bundleEndpoint?.webCertificate === undefined
        ? []
        : [{ name: 'web', mountPath: SERVER_PATHS.webCertificate, readOnly: true }]),
    ],
  };
}
