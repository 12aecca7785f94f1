/** What spire-controller-manager needs around it: permissions, its webhook and the Service before it. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CONTROLLER_MANAGER, objectLabels, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { completeSpire } from '../model/spire/without-fleet';

const LABELS = objectLabels(CONTROLLER_MANAGER.name, 'spire');

export interface SpireControllerManagerProps {
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
}

/** Everything of spire-controller-manager but its `ControllerManagerConfig`, and its container, which runs in the server's pod. */
export class SpireControllerManager extends Construct {
  constructor(scope: Construct, id: string, given: SpireControllerManagerProps = {}) {
    super(scope, id);
    const props = { spire: completeSpire(given.spire) };
    const namespace = props.spire.serverNamespace;
    addClusterRole(this, namespace);
    addLeaderElection(this, namespace);
    new k8s.KubeService(this, 'webhook-service', {
      metadata: { name: CONTROLLER_MANAGER.webhookService, namespace, labels: LABELS },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels(SPIRE_SERVER.name),
        ports: [{ name: 'https', port: 443, targetPort: k8s.IntOrString.fromString('webhook'), protocol: 'TCP' }],
      },
    });
    new k8s.KubeValidatingWebhookConfiguration(this, 'webhook', {
      metadata: { name: CONTROLLER_MANAGER.webhook, labels: LABELS },
      webhooks: WEBHOOKS.map(({ name, resource }) => webhook(name, resource, props)),
    });
  }
}

/** In the order, and under the names, in which the controller manager writes them back. */
const WEBHOOKS = [
  { name: 'vclusterfederatedtrustdomain.kb.io', resource: 'clusterfederatedtrustdomain' },
  { name: 'vclusterspiffeid.kb.io', resource: 'clusterspiffeid' },
] as const;

/** The controller manager writes clientConfig.caBundle at run time; a caBundle here would fight with it. */
function webhook(name: string, resource: string, { spire }: { readonly spire: ResolvedSpire }): k8s.ValidatingWebhook {
  return {
    name,
    admissionReviewVersions: ['v1'],
    clientConfig: {
      service: {
        name: CONTROLLER_MANAGER.webhookService,
        namespace: spire.serverNamespace,
        path: `/validate-spire-spiffe-io-v1alpha1-${resource}`,
        port: 443,
      },
    },
    // What this webhook refuses, the synthesis refuses already. With Fail, nothing answers before the server runs,
    // and the first apply of every SPIRE resource is refused (spiffe/spire-controller-manager#389).
    failurePolicy: spire.webhookFailurePolicy,
    matchPolicy: 'Equivalent',
    sideEffects: 'None',
    timeoutSeconds: 10,
    rules: [
      {
        apiGroups: ['spire.spiffe.io'],
        apiVersions: ['v1alpha1'],
        operations: ['CREATE', 'UPDATE'],
        resources: [`${resource}s`],
        scope: 'Cluster',
      },
    ],
  };
}

function addClusterRole(scope: Construct, namespace: string): void {
  const resources = ['clusterfederatedtrustdomains', 'clusterspiffeids', 'clusterstaticentries'];
  const webhooks = { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'] };
  new k8s.KubeClusterRole(scope, 'cluster-role', {
    metadata: { name: CONTROLLER_MANAGER.clusterRole, labels: LABELS },
    rules: [
      { apiGroups: [''], resources: ['endpoints', 'namespaces', 'nodes', 'pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['spire.spiffe.io'], resources, verbs: ['get', 'list', 'watch'] },
      {
        apiGroups: ['spire.spiffe.io'],
        resources: resources.map((name) => `${name}/status`),
        verbs: ['get', 'patch', 'update'],
      },
      // Its informer watches without a name, so list and watch cannot be narrowed; writing can.
      { ...webhooks, verbs: ['list', 'watch'] },
      { ...webhooks, resourceNames: [CONTROLLER_MANAGER.webhook], verbs: ['get', 'patch'] },
    ],
  });
  new k8s.KubeClusterRoleBinding(scope, 'cluster-role-binding', {
    metadata: { name: CONTROLLER_MANAGER.clusterRole, labels: LABELS },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: CONTROLLER_MANAGER.clusterRole },
    subjects: [{ kind: 'ServiceAccount', name: SPIRE_SERVER.name, namespace }],
  });
}

function addLeaderElection(scope: Construct, namespace: string): void {
  const leases = { apiGroups: ['coordination.k8s.io'], resources: ['leases'] };
  const metadata = { name: CONTROLLER_MANAGER.leaderElectionRole, namespace, labels: LABELS };
  new k8s.KubeRole(scope, 'leader-election-role', {
    metadata,
    rules: [
      // A create cannot be narrowed by name: the request names no object yet.
      { ...leases, verbs: ['create'] },
      { ...leases, resourceNames: [CONTROLLER_MANAGER.leaderElectionLease], verbs: ['get', 'update'] },
      { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'leader-election-role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: CONTROLLER_MANAGER.leaderElectionRole },
    subjects: [{ kind: 'ServiceAccount', name: SPIRE_SERVER.name, namespace }],
  });
}
