/** What Kiali may read to draw the traffic graph; it changes nothing. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ISTIO, OBSERVABILITY, objectLabels } from '../model/names';

const NAME = OBSERVABILITY.kiali;

/** Kiali's ServiceAccount and what it may do: read in all namespaces, and forward ports in Istio's. */
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
 * What a viewer reads, kind by kind as Kiali watches them (cache/cache.go of Kiali 2.27, kubernetes/cache/kube_cache.go of
 * 1.89); Kiali's own role has every kind of these groups, and can also write and delete.
 */
const RULES: k8s.PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps', 'endpoints', 'namespaces', 'pods', 'replicationcontrollers', 'services'],
    verbs: READ,
  },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: READ },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: READ },
  // Refused one watch, it gives up all of them.
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
 * Kiali reads istiod's own view of the proxies through the port of its pod. In all namespaces, whoever has its token would
 * reach every pod past policies and mutual TLS.
 */
const IN_ISTIO_NAMESPACE: k8s.PolicyRule[] = [{ apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] }];
