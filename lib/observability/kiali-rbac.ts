/** Read-only permissions with which Kiali draws the traffic graph. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ISTIO, OBSERVABILITY, objectLabels } from '../model/names';

const NAME = OBSERVABILITY.kiali;

/** Kiali's ServiceAccount with its roles: read in all namespaces, and forward ports in the namespace of Istio. */
export class KialiRbac extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const labels = { ...objectLabels(NAME, 'observability'), app: NAME };
    const account = { name: NAME, namespace: ISTIO.namespace };
    const metadata = { name: `${ISTIO.namespace}-${NAME}`, labels };
    new k8s.KubeServiceAccount(this, 'service-account', { metadata: { ...account, labels } });
    new k8s.KubeClusterRole(this, 'cluster-role', { metadata, rules: RULES });
    new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
    new k8s.KubeRole(this, 'role', { metadata: { ...account, labels }, rules: IN_ISTIO_NAMESPACE });
    new k8s.KubeRoleBinding(this, 'role-binding', {
      metadata: { ...account, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
  }
}

const READ = ['get', 'list', 'watch'];

/**
 * The kinds that Kiali watches (cache/cache.go of Kiali 2.27, kubernetes/cache/kube_cache.go of 1.89). The role that Kiali
 * ships has every kind of these API groups, and may also write and delete.
 */
const RULES: k8s.PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps', 'endpoints', 'namespaces', 'pods', 'replicationcontrollers', 'services'],
    verbs: READ,
  },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: READ },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: READ },
  // If one watch is forbidden, Kiali stops all watches.
  { apiGroups: ['extensions.istio.io'], resources: ['wasmplugins'], verbs: READ },
  {
    apiGroups: ['gateway.networking.k8s.io'],
    resources: ['gatewayclasses', 'gateways', 'grpcroutes', 'httproutes', 'referencegrants', 'tcproutes', 'tlsroutes'],
    verbs: READ,
  },
  { apiGroups: ['inference.networking.k8s.io'], resources: ['inferencepools'], verbs: READ },
  {
    apiGroups: ['networking.istio.io'],
    resources: [
      'destinationrules',
      'envoyfilters',
      'gateways',
      'serviceentries',
      'sidecars',
      'virtualservices',
      'workloadentries',
      'workloadgroups',
    ],
    verbs: READ,
  },
  {
    apiGroups: ['security.istio.io'],
    resources: ['authorizationpolicies', 'peerauthentications', 'requestauthentications'],
    verbs: READ,
  },
  { apiGroups: ['telemetry.istio.io'], resources: ['telemetries'], verbs: READ },
  { apiGroups: ['admissionregistration.k8s.io'], resources: ['mutatingwebhookconfigurations'], verbs: READ },
];

/**
 * Kiali reads the debug endpoints of istiod through a forwarded port. The permission is limited to the namespace of Istio,
 * because in all namespaces its token could reach every pod and bypass policies and mutual TLS.
 */
const IN_ISTIO_NAMESPACE: k8s.PolicyRule[] = [{ apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] }];
