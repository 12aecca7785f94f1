/** A Prometheus that scrapes istiod, every proxy and, on demand, SPIRE. It keeps a few hours, enough for Kiali's traffic graph. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IMAGES } from '../images/images';
import { RESTRICTED_CONTAINER, restrictedPod } from '../model/cluster/pod-security';
import { configurationChecksum, renderYaml } from '../model/configuration';
import { INJECT_LABEL, ISTIO, OBSERVABILITY, objectLabels, selectorLabels } from '../model/names';
import { ANNOTATED_PODS, spirePods } from './scrape-jobs';

const NAME = OBSERVABILITY.prometheus;
const LABELS = objectLabels(NAME, 'observability');
const CONFIG = { directory: '/etc/prometheus', file: 'prometheus.yml' } as const;
const DATA = '/prometheus';
/** The user id of the image: `nobody`. */
const USER = 65534;

export interface PrometheusProps {
  /** Namespaces of SPIRE's server and agents. @default - it does not scrape them */
  readonly spireNamespaces?: readonly string[];
}

/** Prometheus in the namespace of Istio. Its data is lost with its pod. */
export class Prometheus extends Construct {
  constructor(scope: Construct, id: string, props: PrometheusProps = {}) {
    super(scope, id);
    const config = renderPrometheusConfig(props);
    const metadata = { name: NAME, namespace: ISTIO.namespace, labels: LABELS };
    // The plain name may belong to a Prometheus that is already installed, with its permissions.
    const clusterWide = { name: `${ISTIO.namespace}-${NAME}`, labels: LABELS };
    new k8s.KubeServiceAccount(this, 'service-account', { metadata });
    new k8s.KubeClusterRole(this, 'cluster-role', {
      metadata: clusterWide,
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    });
    new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', {
      metadata: clusterWide,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterWide.name },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: ISTIO.namespace }],
    });
    new k8s.KubeConfigMap(this, 'config', { metadata, data: { [CONFIG.file]: config } });
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        selector: selectorLabels(NAME),
        ports: [
          {
            name: 'http',
            port: OBSERVABILITY.prometheusPort,
            targetPort: k8s.IntOrString.fromString('http'),
            protocol: 'TCP',
          },
        ],
      },
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata,
      spec: {
        replicas: 1,
        // With a rolling update, two pods would write to the same folder.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selectorLabels(NAME) },
        template: {
          metadata: {
            labels: { ...LABELS, [INJECT_LABEL]: 'false' },
            annotations: configurationChecksum(config),
          },
          spec: podSpec(),
        },
      },
    });
  }
}

export function renderPrometheusConfig({ spireNamespaces = [] }: PrometheusProps = {}): string {
  return renderYaml({
    global: { scrape_interval: '15s', scrape_timeout: '10s' },
    scrape_configs: [ANNOTATED_PODS, ...(spireNamespaces.length === 0 ? [] : [spirePods(spireNamespaces)])],
  });
}

function podSpec(): k8s.PodSpec {
  const health = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('http') });
  return {
    serviceAccountName: NAME,
    securityContext: restrictedPod(USER),
    containers: [
      {
        name: NAME,
        image: IMAGES.prometheus,
        args: [
          `--config.file=${CONFIG.directory}/${CONFIG.file}`,
          `--storage.tsdb.path=${DATA}`,
          '--storage.tsdb.retention.time=6h',
          `--web.listen-address=:${OBSERVABILITY.prometheusPort}`,
        ],
        ports: [{ name: 'http', containerPort: OBSERVABILITY.prometheusPort, protocol: 'TCP' }],
        livenessProbe: { httpGet: health('/-/healthy'), periodSeconds: 30 },
        readinessProbe: { httpGet: health('/-/ready'), periodSeconds: 5 },
        resources: {
          requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('256Mi') },
          limits: { memory: k8s.Quantity.fromString('1Gi') },
        },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'config', mountPath: CONFIG.directory, readOnly: true },
          { name: 'data', mountPath: DATA },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      { name: 'data', emptyDir: {} },
    ],
  };
}
