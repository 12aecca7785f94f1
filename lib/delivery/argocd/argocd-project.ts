/** The permissions of Argo CD for the fleet: repositories, clusters and kinds. */
import { Construct } from 'constructs';
import { AppProject } from '../../../imports/argoproj.io';
import { completeRepository } from '../../model/delivery/without-fleet';
import { objectLabels } from '../../model/names';
import type { DeliverySettings } from '../delivery-props';
import type { AppliedObject } from '../tool-output';
import { chartRepository } from './argocd-applications';
import { completeArgoCd } from './argocd-props';
import type { ResolvedArgoCd } from './argocd-settings';

export interface DeliveredCluster {
  readonly name: string;
  /** Objects whose kinds are permitted beside those of SPIRE and Istio. @default - none */
  readonly objects?: readonly AppliedObject[];
  /** Whether its charts of Istio come from their repository. @default true */
  readonly runsIstio?: boolean;
}

export interface ArgoCdProjectProps extends DeliverySettings {
  readonly clusters: readonly DeliveredCluster[];
  /** Settings that differ from those of a fleet which says nothing of Argo CD. @default - none differ */
  readonly argocd?: Partial<ResolvedArgoCd>;
}

interface Kind {
  readonly group: string;
  readonly kind: string;
}

const kindsOf = (group: string, ...kinds: readonly string[]): readonly Kind[] => kinds.map((kind) => ({ group, kind }));

/** Kinds of the charts base, cni, istiod and gateway as the values of the output render them, Istio 1.24 to 1.31. */
const OF_CHARTS = {
  cluster: [
    ...kindsOf('admissionregistration.k8s.io', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ...kindsOf('apiextensions.k8s.io', 'CustomResourceDefinition'),
    ...kindsOf('rbac.authorization.k8s.io', 'ClusterRole', 'ClusterRoleBinding'),
  ],
  namespaced: [
    ...kindsOf('', 'ConfigMap', 'Service', 'ServiceAccount'),
    ...kindsOf('apps', 'DaemonSet', 'Deployment'),
    ...kindsOf('autoscaling', 'HorizontalPodAutoscaler'),
    ...kindsOf('policy', 'PodDisruptionBudget'),
    ...kindsOf('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
  ],
} as const;

/**
 * Kinds that some fleet has. The project permits them all the time, because Argo CD does not remove an object whose kind
 * its project no longer permits: after the end of the last federation, the trust would stay in the cluster.
 */
const OF_LAYERS = {
  cluster: [
    ...kindsOf('', 'Namespace'),
    ...kindsOf('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
    ...kindsOf('scheduling.k8s.io', 'PriorityClass'),
    ...kindsOf('spire.spiffe.io', 'ClusterFederatedTrustDomain', 'ClusterSPIFFEID', 'ClusterStaticEntry'),
    ...kindsOf('storage.k8s.io', 'CSIDriver'),
  ],
  namespaced: [
    ...kindsOf('apps', 'DaemonSet', 'StatefulSet'),
    ...kindsOf('cert-manager.io', 'Certificate'),
    ...kindsOf('metallb.io', 'IPAddressPool', 'L2Advertisement'),
    ...kindsOf('networking.istio.io', 'DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'),
    ...kindsOf('networking.k8s.io', 'NetworkPolicy'),
    ...kindsOf('security.istio.io', 'AuthorizationPolicy', 'PeerAuthentication'),
  ],
} as const;

/** One AppProject. */
export class ArgoCdProject extends Construct {
  constructor(scope: Construct, id: string, { fleet, clusters, ...props }: ArgoCdProjectProps) {
    super(scope, id);
    const delivery = completeRepository(props.delivery);
    const names = clusters.map(({ name }) => name);
    const argocd = completeArgoCd(props.argocd, { fleet, repo: delivery.repo, clusters: names });
    const objects = clusters.flatMap((cluster) => cluster.objects ?? []);
    const meshed = clusters.some(({ runsIstio = true }) => runsIstio);
    const inCluster = objects.filter(({ namespace }) => namespace === undefined).map(kindOf);
    const inNamespace = objects.filter(({ namespace }) => namespace !== undefined).map(kindOf);
    new AppProject(this, 'project', {
      metadata: { name: argocd.project, namespace: argocd.namespace, labels: objectLabels('argocd', 'spire') },
      spec: {
        description: `SPIRE and Istio of the fleet ${fleet}`,
        sourceRepos: [delivery.repo, ...(meshed ? [chartRepository(delivery)] : [])],
        // Any namespace, because Argo CD must still remove objects from a namespace that the fleet no longer uses.
        destinations: clusters.map(({ name }) => ({ name: argocd.clusterNames[name], namespace: '*' })),
        clusterResourceWhitelist: sorted([...inCluster, ...OF_LAYERS.cluster, ...OF_CHARTS.cluster]),
        namespaceResourceWhitelist: sorted([...inNamespace, ...OF_LAYERS.namespaced, ...OF_CHARTS.namespaced]),
      },
    });
  }
}

function kindOf({ apiVersion, kind }: AppliedObject): Kind {
  return { group: apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/'))), kind };
}

function sorted(kinds: readonly Kind[]): Kind[] {
  const byName = new Map(kinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
