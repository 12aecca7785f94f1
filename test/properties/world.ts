/** A model of what SPIRE, Istio and Kubernetes make of objects: it reads manifests alone, and shares no code with what writes them. */
import { parseAllDocuments } from 'yaml';

type Labels = Readonly<Record<string, string>>;

export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly data?: Labels;
}

/** A pod, running. */
export interface RunningPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly annotations: Labels;
  /** Drivers of its inline volumes. */
  readonly csiDrivers: readonly string[];
}

interface Selector {
  readonly matchLabels?: Labels;
}

interface IdentityRule {
  readonly className?: string;
  readonly spiffeIDTemplate: string;
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly workloadSelectorTemplates?: readonly string[];
  readonly federatesWith?: readonly string[];
  readonly fallback?: boolean;
}

/** An SVID with the bundles that come along. */
export interface Svid {
  readonly spiffeId: string;
  readonly trusts: readonly string[];
}

interface Policy {
  readonly selector?: Selector;
  readonly action?: string;
  readonly rules?: readonly {
    readonly from?: readonly { readonly source: { readonly principals?: readonly string[] } }[];
    readonly to?: readonly {
      readonly operation: { readonly hosts?: readonly string[]; readonly ports?: readonly string[] };
    }[];
  }[];
}

interface GatewayServer {
  readonly hosts: readonly string[];
  readonly tls: {
    readonly mode: string;
    readonly credentialName?: string;
    readonly subjectAltNames?: readonly string[];
  };
}

interface Route {
  readonly hosts: readonly string[];
  readonly http: readonly { readonly route: readonly { readonly destination: { readonly host: string } }[] }[];
}

/** Where a caller's proxy sends a host name, and whom it expects there. */
export interface Way {
  readonly address: string;
  readonly expected: readonly string[];
}

export class SimulatedCluster {
  private readonly objects: readonly KubernetesObject[];
  private readonly installation?: KubernetesObject;

  /** @param files path → text of the whole output */
  constructor(
    readonly name: string,
    files: Readonly<Record<string, string>>,
  ) {
    const read = (prefix: string): readonly KubernetesObject[] =>
      Object.entries(files)
        .filter(([path]) => path.startsWith(prefix) && path.endsWith('.yaml'))
        .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject))
        .filter(({ kind }) => kind !== 'Kustomization');
    this.objects = read(`${name}/`);
    this.installation = read(`istio/${name}/`).find(({ kind }) => kind === 'IstioOperator');
  }

  /** As the server's configuration says it. */
  get trustDomain(): string {
    return String((this.configuration('spire-server', 'server.conf').server as { trust_domain: string }).trust_domain);
  }

  /** Pods of the Deployments that are applied. */
  deployedPods(namespace: string): readonly RunningPod[] {
    return this.ofKind('Deployment', namespace).map(({ spec }) => {
      const { template } = spec as {
        readonly template: {
          readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
          readonly spec: {
            readonly serviceAccountName?: string;
            readonly volumes?: readonly { readonly csi?: { readonly driver: string } }[];
          };
        };
      };
      return {
        namespace,
        labels: template.metadata.labels,
        annotations: template.metadata.annotations ?? {},
        serviceAccount: template.spec.serviceAccountName ?? 'default',
        csiDrivers: (template.spec.volumes ?? []).flatMap(({ csi }) => csi?.driver ?? []),
      };
    });
  }

  /** The gateway's pod as Istio installs it; undefined where it does not. */
  gatewayPod(): RunningPod | undefined {
    const gateway = this.installedGateway();
    if (gateway?.enabled !== true) return undefined;
    const patches = (gateway.k8s?.overlays ?? []).flatMap((overlay) => overlay.patches);
    const labels = patches.flatMap(({ path, value }) => {
      const key = /^spec\.template\.metadata\.labels\.(.+)$/.exec(path)?.[1]?.replaceAll('\\.', '.');
      return key === undefined ? [] : [[key, String(value)] as const];
    });
    return {
      namespace: 'istio-system',
      labels: Object.fromEntries(labels),
      serviceAccount: 'istio-ingressgateway-service-account',
      annotations: {},
      csiDrivers: patches.flatMap(
        ({ value }) => (value as { readonly csi?: { readonly driver: string } }).csi?.driver ?? [],
      ),
    };
  }

  gatewayAddress(): string | undefined {
    const { service, serviceAnnotations } = this.installedGateway()?.k8s ?? {};
    const annotation = Object.entries(serviceAnnotations ?? {}).find(([key]) => key.endsWith('/loadBalancerIPs'))?.[1];
    return service?.loadBalancerIP ?? annotation;
  }

  /** What SPIRE gives a pod: nothing, or each SVID; a federation without bundle takes the whole entry down. */
  svidsOf(pod: RunningPod): readonly Svid[] {
    const asks = this.isProxied(pod) || pod.csiDrivers.includes('csi.spiffe.io');
    if (!asks || this.ignores(pod.namespace)) return [];
    const selecting = this.ofKind('ClusterSPIFFEID')
      .map(({ spec }) => spec as IdentityRule)
      .filter(({ className }) => className === 'spire')
      .filter((rule) => selects(rule.podSelector, pod.labels))
      .filter((rule) => selects(rule.namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace }));
    const own = selecting.filter(({ fallback }) => fallback !== true);
    const known = this.ofKind('ClusterFederatedTrustDomain').map(
      ({ spec }) => (spec as { trustDomain: string }).trustDomain,
    );
    return (own.length > 0 ? own : selecting)
      .filter(({ federatesWith = [] }) => federatesWith.every((trustDomain) => known.includes(trustDomain)))
      .filter(({ workloadSelectorTemplates = [] }) =>
        workloadSelectorTemplates.every((selector) =>
          [`k8s:ns:${pod.namespace}`, `k8s:sa:${pod.serviceAccount}`].includes(selector),
        ),
      )
      .map(({ spiffeIDTemplate, federatesWith = [] }) => ({
        spiffeId: spiffeIDTemplate
          .replaceAll('{{ .TrustDomain }}', this.trustDomain)
          .replaceAll('{{ .PodMeta.Namespace }}', pod.namespace)
          .replaceAll('{{ .PodSpec.ServiceAccountName }}', pod.serviceAccount),
        trusts: [this.trustDomain, ...federatesWith],
      }));
  }

  /** Whether Istio's proxy, with SPIRE's socket, stands in front of a pod. */
  isProxied({ annotations, labels }: RunningPod): boolean {
    const asked = annotations['inject.istio.io/templates']?.split(',') ?? [];
    return (
      this.installation !== undefined &&
      asked.includes('sidecar') &&
      asked.includes('spire') &&
      labels['sidecar.istio.io/inject'] !== 'false'
    );
  }

  /** Whether a pod lets in whoever holds this SPIFFE ID; `open` where everybody gets in. */
  admits(
    pod: RunningPod,
    spiffeId: string,
    { host = '', port = 0 }: { readonly host?: string; readonly port?: number },
  ): 'yes' | 'no' | 'open' {
    const policies = this.ofKind('AuthorizationPolicy', pod.namespace)
      .map(({ spec }) => spec as Policy)
      .filter(({ selector }) => selects(selector, pod.labels));
    if (policies.length === 0) return 'open';
    const principal = spiffeId.replace('spiffe://', '');
    const matching = policies
      .flatMap(({ action, rules = [] }) => (action === 'ALLOW' ? rules : []))
      .filter(
        ({ to }) =>
          to === undefined ||
          to.some(({ operation: { hosts, ports } }) => hosts?.includes(host) || ports?.includes(String(port))),
      );
    if (matching.some(({ from }) => from?.some(({ source }) => source.principals?.includes(principal)))) return 'yes';
    return matching.some(({ from }) => from === undefined) ? 'open' : 'no';
  }

  /** Where plain HTTP to a host goes from a namespace. */
  wayFrom(namespace: string, host: string): Way | undefined {
    const entry = this.ofKind('ServiceEntry', namespace)
      .map(
        ({ spec }) =>
          spec as { readonly hosts: readonly string[]; readonly endpoints: readonly { readonly address: string }[] },
      )
      .find(({ hosts }) => hosts.includes(host));
    const rule = this.ofKind('DestinationRule', namespace)
      .map(
        ({ spec }) =>
          spec as {
            readonly host: string;
            readonly trafficPolicy: {
              readonly tls: { readonly mode: string; readonly subjectAltNames: readonly string[] };
            };
          },
      )
      .find((candidate) => candidate.host === host);
    const address = entry?.endpoints[0]?.address;
    const tls = rule?.trafficPolicy.tls;
    return address === undefined || tls?.mode !== 'ISTIO_MUTUAL'
      ? undefined
      : { address, expected: tls.subjectAltNames };
  }

  /** The server that a gateway chooses by SNI, and the namespace and name of the Service behind it. */
  serverFor(
    host: string,
  ): { readonly tls: GatewayServer['tls']; readonly namespace: string; readonly service: string } | undefined {
    const gateway = this.ofKind('Gateway').find(({ spec }) =>
      (spec as { readonly servers: readonly GatewayServer[] }).servers.some(({ hosts }) =>
        hosts.some((name) => name.replace(/^\.\//, '') === host),
      ),
    );
    const namespace = gateway?.metadata.namespace ?? '';
    const route = this.ofKind('VirtualService', namespace)
      .map(({ spec }) => spec as Route)
      .find(({ hosts }) => hosts.includes(host));
    const destination = route?.http[0]?.route[0]?.destination.host.split('.') ?? [];
    const [server] = (gateway?.spec as { readonly servers: readonly GatewayServer[] } | undefined)?.servers ?? [];
    const [service, serviceNamespace] = destination;
    return server === undefined || service === undefined || serviceNamespace === undefined
      ? undefined
      : { tls: server.tls, namespace: serviceNamespace, service };
  }

  /** Labels by which a Service finds its pods. */
  selectorOf(namespace: string, service: string): Labels | undefined {
    const found = this.ofKind('Service', namespace).find(({ metadata }) => metadata.name === service);
    return (found?.spec as { readonly selector: Labels } | undefined)?.selector;
  }

  /** Every object of a kind; `ofKind` of the one namespace, where it is given. */
  all(kind: string): readonly KubernetesObject[] {
    return this.ofKind(kind);
  }

  private ofKind(kind: string, namespace?: string): readonly KubernetesObject[] {
    return this.objects.filter(
      (object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
    );
  }

  private ignores(namespace: string): boolean {
    const { ignoreNamespaces = [] } = this.configuration('spire-controller-manager', 'config.yaml') as {
      readonly ignoreNamespaces?: readonly string[];
    };
    return ignoreNamespaces.some((pattern) => new RegExp(pattern).test(namespace));
  }

  /** Content of a file in a ConfigMap. */
  configuration(name: string, key: string): Readonly<Record<string, unknown>> {
    const found = this.ofKind('ConfigMap').find(
      ({ metadata, data }) => metadata.name === name && data?.[key] !== undefined,
    );
    return (parseAllDocuments(found?.data?.[key] ?? '{}')[0]?.toJS() ?? {}) as Readonly<Record<string, unknown>>;
  }

  private installedGateway() {
    const { components } = (this.installation?.spec ?? {}) as {
      readonly components?: {
        readonly ingressGateways?: readonly {
          readonly enabled: boolean;
          readonly k8s?: {
            readonly service?: { readonly loadBalancerIP?: string };
            readonly serviceAnnotations?: Labels;
            readonly overlays?: readonly {
              readonly patches: readonly { readonly path: string; readonly value: unknown }[];
            }[];
          };
        }[];
      };
    };
    return components?.ingressGateways?.[0];
  }
}

export function selects({ matchLabels = {} }: Selector = {}, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
