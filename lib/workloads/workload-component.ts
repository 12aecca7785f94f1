/** One component of a workload: its ServiceAccount, its Service and the Deployments of its versions. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { objectLabels, SIDECAR_TEMPLATES, TEMPLATES_ANNOTATION } from '../model/names';
import { componentSelector, podLabels } from '../model/pod-labels';
import type { ResolvedComponent, ResolvedDeployment } from '../model/resolved-fleet';

export interface WorkloadComponentProps {
  readonly workload: string;
  readonly namespace: string;
  readonly component: ResolvedComponent;
}

/** A ServiceAccount, a Service if anyone calls it, and a Deployment for each version. */
export class WorkloadComponent extends Construct {
  constructor(scope: Construct, id: string, { workload, namespace, component }: WorkloadComponentProps) {
    super(scope, id);
    const labels = objectLabels(component.name, workload);
    const { name, port, serviceAccount } = component;
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: serviceAccount, namespace, labels },
    });
    const selector = componentSelector(workload, component);
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
          // With the workload's own label: two Deployments that select each other's pods would fight over them.
          selector: { matchLabels: { ...selector, version } },
          template: {
            metadata: {
              labels: podLabels(workload, component, deployment),
              annotations: { [TEMPLATES_ANNOTATION]: SIDECAR_TEMPLATES },
            },
            spec: podSpec(component, deployment),
          },
        },
      });
    }
  }
}

function podSpec(component: ResolvedComponent, deployment: ResolvedDeployment): k8s.PodSpec {
  return {
    serviceAccountName: component.serviceAccount,
    containers: [container(component, deployment)],
    volumes: unlessEmpty(Object.keys(deployment.scratch).map((name) => ({ name, emptyDir: {} }))),
  };
}

function container(
  component: ResolvedComponent,
  { image, command, env, scratch, user }: ResolvedDeployment,
): k8s.Container {
  return {
    name: component.name,
    image,
    command: command === undefined ? undefined : [...command],
    env: unlessEmpty(Object.entries(env).map(([name, value]) => ({ name, value }))),
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
    volumeMounts: unlessEmpty(Object.entries(scratch).map(([name, mountPath]) => ({ name, mountPath }))),
  };
}

function unlessEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
