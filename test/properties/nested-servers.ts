/** A model of how a SPIRE server comes by a CA, read from manifests alone: under its own root, or from the server above. */
import type { SimulatedCluster } from './world';

type Settings = Readonly<Record<string, unknown>>;

/** Whether SVIDs of a cluster lead to the root of its trust domain. */
export function isSigned(cluster: SimulatedCluster, all: readonly SimulatedCluster[]): boolean {
  const [kind, settings] = upstreamOf(cluster);
  if (kind !== 'spire') return true;
  const above = all.find((other) => other !== cluster && apiAddressOf(other) === settings.server_address);
  return (
    above !== undefined &&
    above.trustDomain === cluster.trustDomain &&
    // One level: whoever signs has its CA from a root.
    upstreamOf(above)[0] === 'disk' &&
    asksItsAgent(cluster, settings) &&
    attests(above) &&
    isDownstream(cluster, above) &&
    mayDial(cluster, String(settings.server_address), Number(settings.server_port))
  );
}

function upstreamOf(cluster: SimulatedCluster): readonly [string | undefined, Settings] {
  return pluginsOf(cluster.configuration('spire-server', 'server.conf'), 'UpstreamAuthority')[0] ?? [undefined, {}];
}

function pluginsOf(configuration: Settings, type: string): readonly (readonly [string, Settings])[] {
  const plugins = (configuration.plugins as Readonly<Record<string, readonly Settings[] | undefined>>)[type] ?? [];
  return plugins.flatMap((plugin) =>
    Object.entries(plugin).map(([name, value]) => [name, (value as { plugin_data: Settings }).plugin_data] as const),
  );
}

/** Address of the Service in front of a server's API that other clusters can dial. */
function apiAddressOf(cluster: SimulatedCluster): string | undefined {
  const service = cluster.all('Service').find(({ metadata }) => metadata.name === 'spire-server-api');
  const { loadBalancerIP } = (service?.spec ?? {}) as { readonly loadBalancerIP?: string };
  const annotations = (service?.metadata as { annotations?: Readonly<Record<string, string>> } | undefined)
    ?.annotations;
  return loadBalancerIP ?? annotations?.['metallb.io/loadBalancerIPs'];
}

interface Pod {
  readonly shareProcessNamespace?: boolean;
  readonly securityContext?: { readonly runAsUser?: number };
  readonly containers: readonly {
    readonly name: string;
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
}

function serverPod(cluster: SimulatedCluster): Pod | undefined {
  const set = cluster.all('StatefulSet').find(({ metadata }) => metadata.name === 'spire-server');
  return (set?.spec as { readonly template: { readonly spec: Pod } } | undefined)?.template.spec;
}

/** The server and the agent beside it share the socket and, so that the agent knows who asks, their processes. */
function asksItsAgent(cluster: SimulatedCluster, settings: Settings): boolean {
  const { agent } = cluster.configuration('spire-upstream-agent', 'agent.conf') as { readonly agent?: Settings };
  const socket = String(settings.workload_api_socket);
  const pod = serverPod(cluster);
  const volumes = ['spire-server', 'spire-upstream-agent'].map((name) => {
    const mounts = pod?.containers.find((container) => container.name === name)?.volumeMounts ?? [];
    return mounts.find(({ mountPath }) => socket.startsWith(`${mountPath}/`))?.name;
  });
  return (
    pod?.shareProcessNamespace === true &&
    volumes[0] !== undefined &&
    volumes[0] === volumes[1] &&
    agent?.socket_path === socket &&
    agent.trust_domain === cluster.trustDomain &&
    agent.server_address === settings.server_address &&
    agent.server_port === settings.server_port
  );
}

/** By the certificate that the README asks for, whose common name is the cluster; its root is no trust domain's. */
function attests(above: SimulatedCluster): boolean {
  const [, settings] =
    pluginsOf(above.configuration('spire-server', 'server.conf'), 'NodeAttestor').find(
      ([name]) => name === 'x509pop',
    ) ?? [];
  const roots = ['spire-server-nested-root', 'spire-server-root'].map((name) => {
    const found = above.all('ConfigMap').find(({ metadata }) => metadata.name === name);
    return found?.data?.['root.pem'];
  });
  return (
    settings?.agent_path_template === '/{{ .PluginName }}/{{ .Subject.CommonName }}' &&
    roots[0] !== undefined &&
    roots[0] !== roots[1]
  );
}

interface StaticEntry {
  readonly className: string;
  readonly parentID: string;
  readonly selectors: readonly string[];
  readonly downstream?: boolean;
}

function isDownstream(cluster: SimulatedCluster, above: SimulatedCluster): boolean {
  const agent = `spiffe://${above.trustDomain}/spire/agent/x509pop/${cluster.name}`;
  const process = [`unix:uid:${serverPod(cluster)?.securityContext?.runAsUser}`];
  return above
    .all('ClusterStaticEntry')
    .map(({ spec }) => spec as StaticEntry)
    .some(
      ({ className, parentID, selectors, downstream }) =>
        className === 'spire' &&
        downstream === true &&
        parentID === agent &&
        selectors.every((selector) => process.includes(selector)),
    );
}

/** Whether the server's policies leave the way to an address open. */
function mayDial(cluster: SimulatedCluster, address: string, port: number): boolean {
  const rules = cluster
    .all('NetworkPolicy')
    .map(({ spec }) => spec as EgressPolicy)
    .filter(({ podSelector }) => podSelector.matchLabels['app.kubernetes.io/name'] === 'spire-server')
    .flatMap(({ egress = [] }) => egress);
  return (
    rules.length === 0 ||
    rules.some(
      ({ to, ports }) =>
        ports.some((one) => one.port === port) &&
        (to === undefined || to.some(({ ipBlock }) => ipBlock?.cidr === `${address}/32`)),
    )
  );
}

interface EgressPolicy {
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly egress?: readonly {
    readonly to?: readonly { readonly ipBlock?: { readonly cidr: string } }[];
    readonly ports: readonly { readonly port: number }[];
  }[];
}
