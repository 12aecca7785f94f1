/** The SPIFFE CSI driver on every node, which mounts the agent's socket into pods that ask for it. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IMAGES } from '../images/images';
import { CSI_DRIVER, LINUX, objectLabels, SPIRE_PRIORITY_CLASS, selectorLabels } from '../model/names';
import type { ResolvedKubelet, ResolvedSpire } from '../model/resolved-fleet';
import { completeKubelet, completeSpire } from '../model/spire/without-fleet';

export interface SpiffeCsiDriverProps {
  /** @default - a kubelet in /var/lib/kubelet */
  readonly kubelet?: Partial<ResolvedKubelet>;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

interface CompleteProps {
  readonly kubelet: ResolvedKubelet;
  readonly spire: ResolvedSpire;
}

const LABELS = objectLabels(CSI_DRIVER.name, 'spire');
const SOCKET_DIRECTORY = '/spiffe-csi';
const SOCKET = `${SOCKET_DIRECTORY}/csi.sock`;
const REGISTRAR_HEALTH_PORT = 9809;

/** The driver on every node, its registration with the kubelet, and the CSIDriver object that announces it. */
export class SpiffeCsiDriver extends Construct {
  constructor(scope: Construct, id: string, given: SpiffeCsiDriverProps = {}) {
    super(scope, id);
    const props: CompleteProps = { kubelet: completeKubelet(given.kubelet), spire: completeSpire(given.spire) };
    const metadata = { name: CSI_DRIVER.name, namespace: props.spire.agentNamespace, labels: LABELS };
    new k8s.KubeCsiDriver(this, 'csi-driver', {
      metadata: {
        name: CSI_DRIVER.driver,
        // Lets pods of the restricted level mount the socket where OpenShift's admission asks for it.
        labels: { ...LABELS, 'security.openshift.io/csi-ephemeral-volume-profile': 'restricted' },
      },
      spec: {
        attachRequired: false,
        // The driver verifies from the pod information that the mount is an ephemeral one.
        podInfoOnMount: true,
        // The socket is open to all; changing its owner would change it for every pod of the node.
        fsGroupPolicy: 'None',
        volumeLifecycleModes: ['Ephemeral'],
      },
    });
    new k8s.KubeServiceAccount(this, 'service-account', { metadata, automountServiceAccountToken: false });
    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata,
      spec: {
        selector: { matchLabels: selectorLabels(CSI_DRIVER.name) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) } },
        template: {
          metadata: { labels: LABELS },
          spec: podSpec(props.kubelet.directory, props.spire.agent.socket.directory),
        },
      },
    });
  }
}

function podSpec(kubeletDirectory: string, socketDirectory: string): k8s.PodSpec {
  const pluginDirectory = `${kubeletDirectory}/plugins/${CSI_DRIVER.driver}`;
  return {
    serviceAccountName: CSI_DRIVER.name,
    priorityClassName: SPIRE_PRIORITY_CLASS,
    nodeSelector: LINUX,
    automountServiceAccountToken: false,
    tolerations: [{ operator: 'Exists' }],
    containers: [driverContainer(kubeletDirectory), registrarContainer(pluginDirectory)],
    volumes: [
      // A hostPath, not an emptyDir shared with the agent: mounts in running pods outlive a restarted agent.
      { name: 'agent-socket', hostPath: { path: socketDirectory, type: 'DirectoryOrCreate' } },
      { name: 'csi-socket', hostPath: { path: pluginDirectory, type: 'DirectoryOrCreate' } },
      { name: 'pods', hostPath: { path: `${kubeletDirectory}/pods`, type: 'Directory' } },
      { name: 'registration', hostPath: { path: `${kubeletDirectory}/plugins_registry`, type: 'Directory' } },
    ],
  };
}

function driverContainer(kubeletDirectory: string): k8s.Container {
  return {
    name: CSI_DRIVER.name,
    image: IMAGES.csiDriver,
    args: [
      '-workload-api-socket-dir',
      '/spire-agent-socket',
      '-plugin-name',
      CSI_DRIVER.driver,
      '-csi-socket-path',
      SOCKET,
    ],
    env: [{ name: 'MY_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    resources: smallResources(),
    // Kubernetes allows bidirectional mount propagation to privileged containers only.
    securityContext: { privileged: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'agent-socket', mountPath: '/spire-agent-socket', readOnly: true },
      { name: 'csi-socket', mountPath: SOCKET_DIRECTORY },
      { name: 'pods', mountPath: `${kubeletDirectory}/pods`, mountPropagation: 'Bidirectional' },
    ],
  };
}

function registrarContainer(pluginDirectory: string): k8s.Container {
  return {
    name: 'node-driver-registrar',
    image: IMAGES.csiNodeDriverRegistrar,
    args: [
      '-csi-address',
      SOCKET,
      '-kubelet-registration-path',
      `${pluginDirectory}/csi.sock`,
      '-http-endpoint',
      `:${REGISTRAR_HEALTH_PORT}`,
    ],
    ports: [{ name: 'health', containerPort: REGISTRAR_HEALTH_PORT, protocol: 'TCP' }],
    livenessProbe: {
      httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('health') },
      initialDelaySeconds: 5,
      timeoutSeconds: 5,
    },
    resources: smallResources(),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      // Root owns the kubelet's registration folder.
      runAsUser: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'csi-socket', mountPath: SOCKET_DIRECTORY },
      { name: 'registration', mountPath: '/registration' },
    ],
  };
}

function smallResources(): k8s.ResourceRequirements {
  return {
    requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('32Mi') },
    limits: { memory: k8s.Quantity.fromString('128Mi') },
  };
}
