/** A read-only Kiali, which draws the traffic graph and its mutual TLS locks from the metrics in Prometheus. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IMAGES } from '../images/images';
import { RESTRICTED_CONTAINER, restrictedPod } from '../model/cluster/pod-security';
import { configurationChecksum, renderYaml } from '../model/configuration';
import { DEFAULT_CLUSTER } from '../model/default-fleet';
import { defaultPrometheus } from '../model/istio/without-fleet';
import { INJECT_LABEL, ISTIO, OBSERVABILITY, objectLabels, selectorLabels } from '../model/names';

export interface KialiProps {
  /** Name of the cluster in the configuration of istiod. @default 'cluster' */
  readonly cluster?: string;
  /** URL of the Prometheus that Kiali queries. @default - that of the construct `Prometheus` */
  readonly prometheus?: string;
}

const NAME = OBSERVABILITY.kiali;
const LABELS = { ...objectLabels(NAME, 'observability'), app: NAME };
const CONFIG = { directory: '/kiali-configuration', file: 'config.yaml' } as const;
const WEB_ROOT = '/kiali';
/** The user id of the image. */
const USER = 1000;

/** The file from which Kiali reads the key that encrypts login sessions: 16, 24 or 32 bytes. */
const SIGNING_KEY = {
  volume: 'signing-key',
  directory: '/kiali-override-secrets/login-token-signing-key',
  file: 'value.txt',
} as const;

/**
 * The token of the ServiceAccount, at the path where Kubernetes mounts it into every container. Here, only the container of Kiali
 * mounts it.
 * @see kubernetes plugin/pkg/admission/serviceaccount/admission.go TokenVolumeSource
 */
const API_TOKEN = { volume: 'api-token', directory: '/var/run/secrets/kubernetes.io/serviceaccount' } as const;

/**
 * Kiali in the namespace of Istio, with the permissions of `KialiRbac`. Users forward a port to it and log in with a token of
 * the Kubernetes API. Kiali reads with that token, so users see only objects that they may read.
 */
export class Kiali extends Construct {
  constructor(scope: Construct, id: string, props: KialiProps = {}) {
    super(scope, id);
    const metadata = { name: NAME, namespace: ISTIO.namespace, labels: LABELS };
    const { cluster = DEFAULT_CLUSTER, prometheus = defaultPrometheus().url } = props;
    const config = renderKialiConfig({ cluster, prometheus });
    new k8s.KubeConfigMap(this, 'config', { metadata, data: { [CONFIG.file]: config } });
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        selector: selectorLabels(NAME),
        ports: [
          {
            name: 'http',
            appProtocol: 'http',
            port: OBSERVABILITY.kialiPort,
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

/** @see https://kiali.io/docs/configuration/kialis.kiali.io/ */
export function renderKialiConfig({ cluster, prometheus }: Required<KialiProps>): string {
  return renderYaml({
    // Without a login, everyone who reaches the port could see everything that the ServiceAccount may read.
    auth: { strategy: 'token' },
    deployment: { cluster_wide_access: true, instance_name: NAME, namespace: ISTIO.namespace, view_only_mode: true },
    external_services: {
      prometheus: { url: prometheus },
      tracing: { enabled: false },
      grafana: { enabled: false },
    },
    // The ServiceAccount has no permission to read them.
    kiali_feature_flags: { disabled_features: ['logs-tab'] },
    kubernetes_config: { cluster_name: cluster },
    server: { port: OBSERVABILITY.kialiPort, web_root: WEB_ROOT },
  });
}

function podSpec(): k8s.PodSpec {
  const health = { httpGet: { path: `${WEB_ROOT}/healthz`, port: k8s.IntOrString.fromString('http') } };
  return {
    serviceAccountName: NAME,
    // The init container has no use for a token that reads the whole cluster.
    automountServiceAccountToken: false,
    securityContext: restrictedPod(USER),
    initContainers: [makesSigningKey()],
    containers: [
      {
        name: NAME,
        image: IMAGES.kiali,
        command: ['/opt/kiali/kiali', '-config', `${CONFIG.directory}/${CONFIG.file}`],
        env: [{ name: 'ACTIVE_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }],
        ports: [{ name: 'http', containerPort: OBSERVABILITY.kialiPort, protocol: 'TCP' }],
        startupProbe: { ...health, periodSeconds: 10, failureThreshold: 12 },
        livenessProbe: { ...health, periodSeconds: 30 },
        readinessProbe: { ...health, periodSeconds: 10 },
        resources: {
          requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('64Mi') },
          limits: { memory: k8s.Quantity.fromString('1Gi') },
        },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'config', mountPath: CONFIG.directory, readOnly: true },
          { name: SIGNING_KEY.volume, mountPath: SIGNING_KEY.directory, readOnly: true },
          { name: API_TOKEN.volume, mountPath: API_TOKEN.directory, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      { name: SIGNING_KEY.volume, emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
      apiToken(),
    ],
  };
}

function apiToken(): k8s.Volume {
  return {
    name: API_TOKEN.volume,
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  };
}

/**
 * Creates a random key for this pod, so that no Secret is needed. Sessions end with the pod, and users log in again.
 * 24 random bytes become 32 characters.
 */
function makesSigningKey(): k8s.Container {
  const directory = '/signing-key';
  return {
    name: SIGNING_KEY.volume,
    // Any small image with a shell would do.
    image: IMAGES.curl,
    command: ['/bin/sh', '-c', `head -c 24 /dev/urandom | base64 | tr -d '\\n' > ${directory}/${SIGNING_KEY.file}`],
    resources: {
      requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('16Mi') },
      limits: { memory: k8s.Quantity.fromString('64Mi') },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: SIGNING_KEY.volume, mountPath: directory }],
  };
}
