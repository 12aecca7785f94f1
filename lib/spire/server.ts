/** A SPIRE server: its configuration, its one pod with spire-controller-manager beside it, and the Service agents dial. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { spireServerImage } from '../images/images';
import { RESTRICTED_CONTAINER, restrictedPod, SERVER_USER } from '../model/cluster/pod-security';
import { configurationChecksum } from '../model/configuration';
import { LINUX, objectLabels, SPIRE_PRIORITY_CLASS, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { fingerprintsOf } from '../model/trust/fingerprints';
import {
  type ControllerManagerProps,
  controllerManagerContainer,
  controllerManagerVolumes,
  renderControllerManagerConfig,
} from './controller-manager-pod';
import { renderServerConfig, SERVER_PATHS } from './server-config';
import { UPSTREAM_SOCKET, upstreamAgentContainer, upstreamAgentVolumes } from './upstream-agent';
import { renderUpstreamAgentConfig } from './upstream-agent-config';

export type SpireServerProps = ControllerManagerProps &
  Pick<ResolvedCluster, 'trust' | 'bundleEndpoint' | 'upstream' | 'serverApi'>;

/**
 * A SPIRE server with spire-controller-manager beside it. It refers to the permissions of `SpireServerRbac`, the
 * objects of `SpireControllerManager`, the class of `SpirePriorityClass`, and a Secret that the person provides.
 * A nested one has an agent beside it as well, whose configuration is `UpstreamAgent`.
 */
export class SpireServer extends Construct {
  constructor(scope: Construct, id: string, props: SpireServerProps) {
    super(scope, id);
    const namespace = props.spire.serverNamespace;
    const labels = objectLabels(SPIRE_SERVER.name, 'spire');
    const config = renderServerConfig(props);
    new k8s.KubeConfigMap(this, 'config', {
      metadata: { name: SPIRE_SERVER.configMap, namespace, labels },
      data: { [SERVER_PATHS.configFile]: config },
    });
    if (props.trust.root !== undefined) {
      new k8s.KubeConfigMap(this, 'root', {
        metadata: {
          name: SPIRE_SERVER.rootConfigMap,
          namespace,
          labels,
          ...(props.trust.bundle && { annotations: fingerprintsOf(props.trust.bundle) }),
        },
        data: { [SERVER_PATHS.rootFile]: props.trust.root.pem },
      });
    }
    if (props.serverApi !== undefined) {
      new k8s.KubeConfigMap(this, 'nested-root', {
        metadata: { name: SPIRE_SERVER.nestedRootConfigMap, namespace, labels },
        data: { [SERVER_PATHS.rootFile]: props.serverApi.rootPem },
      });
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
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name: SPIRE_SERVER.name, namespace, labels },
      spec: statefulSetSpec(props, config),
    });
  }
}

function statefulSetSpec(props: SpireServerProps, config: string): k8s.StatefulSetSpec {
  const { storage } = props.spire;
  return {
    // sqlite and keys on disk belong to one server; more replicas need a shared database.
    replicas: 1,
    // With the default, a revision whose pod never becomes ready is not replaced by a corrected one.
    podManagementPolicy: 'Parallel',
    serviceName: SPIRE_SERVER.service,
    selector: { matchLabels: selectorLabels(SPIRE_SERVER.name) },
    // Losing the volume loses the CA's keys and every registration; deleting the set must not delete it.
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    template: {
      metadata: {
        labels: objectLabels(SPIRE_SERVER.name, 'spire'),
        annotations: configurationChecksum(
          config,
          renderControllerManagerConfig(props),
          props.trust.root?.pem ?? '',
          ...(props.upstream ? [renderUpstreamAgentConfig({ ...props, upstream: props.upstream })] : []),
          ...(props.serverApi ? [props.serverApi.rootPem] : []),
        ),
      },
      spec: podSpec(props),
    },
    volumeClaimTemplates: [
      {
        metadata: { name: SPIRE_SERVER.volumeClaim },
        spec: {
          volumeMode: 'Filesystem',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: k8s.Quantity.fromString(storage.size) } },
          storageClassName: storage.storageClass,
        },
      },
    ],
  };
}

function podSpec(props: SpireServerProps): k8s.PodSpec {
  return {
    serviceAccountName: SPIRE_SERVER.name,
    priorityClassName: SPIRE_PRIORITY_CLASS,
    nodeSelector: LINUX,
    securityContext: restrictedPod(SERVER_USER),
    // The agent tells by the process who asks it.
    shareProcessNamespace: props.upstream === undefined ? undefined : true,
    containers: [
      serverContainer(props),
      controllerManagerContainer(props.spire),
      ...(props.upstream === undefined ? [] : [upstreamAgentContainer(props.upstream)]),
    ],
    volumes: [
      { name: 'config', configMap: { name: SPIRE_SERVER.configMap } },
      { name: 'server-socket', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
      ...(props.trust.secret === undefined
        ? []
        : [{ name: 'upstream', secret: { secretName: props.trust.secret, defaultMode: 0o440 } }]),
      ...(props.trust.root === undefined ? [] : [{ name: 'root', configMap: { name: SPIRE_SERVER.rootConfigMap } }]),
      ...(props.serverApi === undefined
        ? []
        : [{ name: 'nested-root', configMap: { name: SPIRE_SERVER.nestedRootConfigMap } }]),
      ...(props.bundleEndpoint?.webCertificate === undefined
        ? []
        : [{ name: 'web', secret: { secretName: props.bundleEndpoint.webCertificate, defaultMode: 0o440 } }]),
      ...controllerManagerVolumes(),
      ...(props.upstream === undefined ? [] : upstreamAgentVolumes(props.upstream)),
    ],
  };
}

function serverContainer({ spire, trust, bundleEndpoint, upstream, serverApi }: SpireServerProps): k8s.Container {
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('health') });
  return {
    name: SPIRE_SERVER.name,
    image: spireServerImage(spire.serverVersion),
    args: ['-config', `${SERVER_PATHS.config}/${SERVER_PATHS.configFile}`],
    ports: [
      { name: 'grpc', containerPort: SPIRE_SERVER.apiPort, protocol: 'TCP' },
      ...(bundleEndpoint === undefined
        ? []
        : [{ name: 'federation', containerPort: SPIRE_SERVER.bundleEndpointPort, protocol: 'TCP' }]),
      { name: 'health', containerPort: SPIRE_SERVER.healthPort, protocol: 'TCP' },
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
      ...(trust.secret === undefined ? [] : [{ name: 'upstream', mountPath: SERVER_PATHS.upstream, readOnly: true }]),
      ...(trust.root === undefined || upstream !== undefined
        ? []
        : [{ name: 'root', mountPath: SERVER_PATHS.root, readOnly: true }]),
      ...(upstream === undefined ? [] : [UPSTREAM_SOCKET]),
      ...(serverApi === undefined ? [] : [{ name: 'nested-root', mountPath: SERVER_PATHS.nestedRoot, readOnly: true }]),
      ...(bundleEndpoint?.webCertificate === undefined
        ? []
        : [{ name: 'web', mountPath: SERVER_PATHS.webCertificate, readOnly: true }]),
    ],
  };
}
