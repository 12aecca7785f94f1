/** One component of a workload: its ServiceAccount, its Service and the Deployments of its versions. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ISTIO, objectLabels } from '../model/names';
import type { ResolvedComponent, ResolvedDeployment } from '../model/resolved-fleet';

export interface WorkloadComponentProps {
  readonly workload: string;
  readonly namespace: string;
  readonly component: ResolvedComponent;
}

export class WorkloadComponent extends Construct {
  constructor(scope: Construct, id: string, { workload, namespace, component }: WorkloadComponentProps) {
    super(scope, id);
    const labels = objectLabels(component.name, workload);
    const { name, port, serviceAccount } = component;
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: serviceAccount, namespace, labels },
    });
    if (port !== undefined) {
      new k8s.KubeService(this, 'service', {
        metadata: { name, namespace, labels: { ...labels, app: name, service: name } },
        spec: {
          selector: { app: appOf(component) },
          // Istio reads the protocol from the port's name.
          ports: [{ name: 'http', port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }],
        },
      });
    }
    for (const deployment of component.deployments) {
      new k8s.KubeDeployment(this, deployment.name, {
        metadata: {
          name: deployment.name,
          namespace,
          labels: { ...labels, app: appOf(component), version: deployment.version },
        },
        spec: deploymentSpec(component, deployment, labels),
      });
    }
  }
}

function appOf({ deployments, name }: ResolvedComponent): string {
  return deployments[0]?.podLabels.app ?? name;
}

function deploymentSpec(
  component: ResolvedComponent,
  deployment: ResolvedDeployment,
  labels: Readonly<Record<string, string>>,
): k8s.DeploymentSpec {
  const { version, podLabels, replicas, scratch } = deployment;
  const app = appOf(component);
  return {
    replicas,
    selector: { matchLabels: { app, version } },
    template: {
      metadata: {
        labels: {
          ...labels,
          ...podLabels,
          version,
          // Asks for the sidecar itself, so that it does not depend on a label of the namespace.
          'sidecar.istio.io/inject': 'true',
        },
        annotations: { 'inject.istio.io/templates': `sidecar,${ISTIO.sidecarTemplate}` },
      },
      spec: {
        serviceAccountName: component.serviceAccount,
        containers: [container(component, deployment)],
        volumes: unlessEmpty(Object.keys(scratch).map((name) => ({ name, emptyDir: {} }))),
      },
    },
  };
}

function container(
  component: ResolvedComponent,
  { image, command, env, scratch, user }: ResolvedDeployment,
): k8s.Container {
  return {
    name: appOf(component),
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
