/** What Argo CD may do for the fleet: which repositories, which clusters and namespaces, which kinds, and nothing else. */
import { Construct } from 'constructs';
import { AppProject } from '../../imports/argoproj.io';
import { ISTIO, objectLabels } from '../model/names';
import type { ResolvedArgoCd } from '../model/resolved-fleet';
import { chartRepository } from './argocd-applications';
import type { DeliveryProps } from './delivery-props';

/** The parts of an emitted object that decide what the project must permit. */
export interface DeliveredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
}

export interface DeliveredCluster {
  readonly name: string;
  readonly objects: readonly DeliveredObject[];
  readonly runsIstio: boolean;
}

export interface ArgoCdProjectProps extends DeliveryProps {
  readonly argocd: ResolvedArgoCd;
  readonly clusters: readonly DeliveredCluster[];
}

interface Kind {
  readonly group: string;
  readonly kind: string;
}

const kindsOf = (group: string, ...kinds: readonly string[]): readonly Kind[] => kinds.map((kind) => ({ group, kind }));

/** Kinds of the charts base, istiod and gateway as the values of the output render them, Istio 1.24 to 1.31. */
const OF_CHARTS = {
  cluster: [
    ...kindsOf('admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ...kindsOf('apiextensions.k8s.io', 'CustomResourceDefinition'),
    ...kindsOf('rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
  ],
  namespaced: [
    ...kindsOf('', 'ConfigMap', 'Service', 'ServiceAccount'),
    ...kindsOf('apps', 'Deployment'),
    ...kindsOf('autoscaling', 'HorizontalPodAutoscaler'),
    ...kindsOf('policy', 'PodDisruptionBudget'),
    ...kindsOf('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
  ],
} as const;

/** One AppProject. */
export class ArgoCdProject extends Construct {
  constructor(scope: Construct, id: string, { fleet, delivery, argocd, clusters }: ArgoCdProjectProps) {
    super(scope, id);
    const objects = clusters.flatMap((cluster) => cluster.objects);
    const meshed = clusters.some(({ runsIstio }) => runsIstio);
    const inCluster = objects.filter(({ namespace }) => namespace === undefined).map(kindOf);
    const inNamespace = objects.filter(({ namespace }) => namespace !== undefined).map(kindOf);
    new AppProject(this, 'project', {
      metadata: { name: argocd.project, namespace: argocd.namespace, labels: objectLabels('argocd', 'spire') },
      spec: {
        description: `SPIRE and Istio of the fleet ${fleet}`,
        sourceRepos: [delivery.repo, ...(meshed ? [chartRepository(delivery)] : [])],
        destinations: clusters.flatMap((cluster) =>
          namespacesOf(cluster).map((namespace) => ({ name: argocd.clusterNames[cluster.name], namespace })),
        ),
        clusterResourceWhitelist: sorted([...inCluster, ...(meshed ? OF_CHARTS.cluster : [])]),
        namespaceResourceWhitelist: sorted([...inNamespace, ...(meshed ? OF_CHARTS.namespaced : [])]),
      },
    });
  }
}

function kindOf({ apiVersion, kind }: DeliveredObject): Kind {
  return { group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', kind };
}

function namespacesOf({ objects, runsIstio }: DeliveredCluster): readonly string[] {
  const used = objects.flatMap(({ namespace }) => namespace ?? []);
  return [...new Set([...used, ...(runsIstio ? [ISTIO.namespace] : [])])].sort();
}

function sorted(kinds: readonly Kind[]): Kind[] {
  const byName = new Map(kinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
