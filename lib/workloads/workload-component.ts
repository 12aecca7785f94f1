/** One component of a workload: its ServiceAccount, its Service and the Deployments of its versions. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CSI_DRIVER, objectLabels, SIDECAR_TEMPLATES, TEMPLATES_ANNOTATION, WORKLOAD_SOCKET } from '../model/names';
import type { ResolvedComponent, ResolvedDeployment, ResolvedWorkload } from '../model/resolved-fleet';
import { componentSelector, podLabels } from '../model/workloads/pod-labels';

export interface WorkloadComponentProps {
  readonly workload: Pick<ResolvedWorkload, 'name' | 'namespace' | 'proxied'>;
  readonly component: ResolvedComponent;
  /** Name of the socket of the Workload API. @default 'socket' */
  readonly socketName?: string;
}

/** A ServiceAccount, a Service if anyone calls it, and a Deployment for each version. */
export class WorkloadComponent extends Construct {
  constructor(scope: Construct, id: string, { workload, component, socketName }: WorkloadComponentProps) {
    super(scope, id);
    const { namespace, proxied } = workload;
    const labels = objectLabels(component.name, workload.name);
    const { name, port, serviceAccount } = component;
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: serviceAccount, namespace, labels },
    });
    const selector = componentSelector(workload.name, component);
    if (port !== undefined) {
      new k8s.KubeService(this, 'service', {
        metadata: { name, namespace, labels: { ...labels, app: name, service: name } },
        spec: {
          selector,
          // Istio reads the protocol from the port's name.
          ports: [{ name: 'http', port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }],
        },
      });
    }
    for (const deployment of component.deployments) {
      const { version, replicas } = deployment;
      new k8s.KubeDeployment(this, `deployment-${deployment.name}`, {
        metadata: { name: deployment.name, namespace, labels: { ...labels, app: name, version } },
        spec: {
          replicas,
          // The selector includes the label of the workload, so that no two Deployments select the same pods.
          selector: { matchLabels: { ...selector, version } },
          template: {
            metadata: {
              labels: podLabels(workload, component, deployment),
              annotations: proxied ? { [TEMPLATES_ANNOTATION]: SIDECAR_TEMPLATES } : undefined,
            },
            spec: podSpec(component, deployment, proxied ? undefined : (socketName ?? WORKLOAD_SOCKET.fileName)),
          },
        },
      });
    }
  }
}

/** @param socketName of the Workload API, for a program that uses it itself; a proxy does it for others */
function podSpec(component: ResolvedComponent, deployment: ResolvedDeployment, socketName?: string): k8s.PodSpec {
  const scratch = Object.keys(deployment.scratch).map((name): k8s.Volume => ({ name, emptyDir: {} }));
  return {
    serviceAccountName: component.serviceAccount,
    containers: [container(component, deployment, socketName)],
    // In a pod with a proxy, Istio's injection mounts the socket.
    volumes: unlessEmpty(socketName === undefined ? scratch : [...scratch, WORKLOAD_API_VOLUME]),
  };
}

/** Name of the volume in a pod whose program uses the Workload API itself. */
const WORKLOAD_API = 'spiffe-workload-api';

const WORKLOAD_API_VOLUME: k8s.Volume = { name: WORKLOAD_API, csi: { driver: CSI_DRIVER.driver, readOnly: true } };

function container(
  component: ResolvedComponent,
  { image, command, env, scratch, user }: ResolvedDeployment,
  socketName?: string,
): k8s.Container {
  const { programDirectory, programVariable } = WORKLOAD_SOCKET;
  const proxied = socketName === undefined;
  const variables = proxied ? env : { ...env, [programVariable]: `unix://${programDirectory}/${socketName}` };
  const mounts = Object.entries(scratch).map(([name, mountPath]): k8s.VolumeMount => ({ name, mountPath }));
  return {
    name: component.name,
    image,
    command: command === undefined ? undefined : [...command],
    env: unlessEmpty(Object.entries(variables).map(([name, value]) => ({ name, value }))),
    ports:
      component.port === undefined ? undefined : [{ name: 'http', containerPort: component.port, protocol: 'TCP' }],
    resources: {
      requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('64Mi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
      ...(user !== undefined && { runAsUser: user, runAsNonRoot: true }),
    },
    volumeMounts: unlessEmpty(
      proxied ? mounts : [...mounts, { name: WORKLOAD_API, mountPath: programDirectory, readOnly: true }],
    ),
  };
}

function unlessEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
