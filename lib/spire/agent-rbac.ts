/** The only permission of a SPIRE agent: to ask the kubelet of its node for its pods. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES } from '../model/default-fleet';
import { objectLabels, SPIRE_AGENT } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';
import { kubeletPodsResource } from '../model/versions';

export interface SpireAgentRbacProps {
  /** Minor version of Kubernetes, as `1.36`. @default - the one that a fleet has which names none */
  readonly kubernetes?: string;
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** The agents' ServiceAccount and what it may do. */
export class SpireAgentRbac extends Construct {
  constructor(scope: Construct, id: string, props: SpireAgentRbacProps = {}) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const kubernetes = props.kubernetes ?? DEFAULT_KUBERNETES;
    const labels = objectLabels(SPIRE_AGENT.name, 'spire');
    const account = { name: SPIRE_AGENT.name, namespace: spire.agentNamespace };
    new k8s.KubeServiceAccount(this, 'service-account', { metadata: { ...account, labels } });
    new k8s.KubeClusterRole(this, 'cluster-role', {
      metadata: { name: SPIRE_AGENT.clusterRole, labels },
      rules: [{ apiGroups: [''], resources: [kubeletPodsResource(kubernetes)], verbs: ['get'] }],
    });
    new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', {
      metadata: { name: SPIRE_AGENT.clusterRole, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: SPIRE_AGENT.clusterRole },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
  }
}
