import { parse } from 'yaml';
import { SpireAgent } from '../../lib/spire/agent';
import { SpireAgentRbac } from '../../lib/spire/agent-rbac';
import { renderControllerManagerConfig } from '../../lib/spire/controller-manager-pod';
import { SpireServer } from '../../lib/spire/server';
import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { permissionsOf } from '../../lib/spire-plugins/server-plugins';
import {
  configOf,
  containerOf,
  find,
  type HealthConfig,
  looseBindings,
  type Manifest,
  mountPathOf,
  objectsOf,
  podOf,
  portOf,
  volumeOf,
} from '../manifests';
import { loneCluster } from '../resolved';

async function agentOf(keys = ''): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf((scope) => {
    new SpireAgentRbac(scope, 'rbac', cluster);
    new SpireAgent(scope, 'agent', cluster);
  });
}

interface Psat {
  readonly cluster: string;
  readonly token_path: string;
}

interface PsatClusters {
  readonly [cluster: string]: {
    readonly service_account_allow_list: readonly string[];
    readonly audience: readonly string[];
  };
}

/** The data of a NodeAttestor plugin. */
function attestorOf(config: unknown): unknown {
  const { plugins } = config as { plugins: { NodeAttestor: readonly { k8s_psat: { plugin_data: unknown } }[] } };
  return plugins.NodeAttestor[0]?.k8s_psat.plugin_data;
}

describe.each(['separate', 'shared'])('node attestation in the %s layout', (layout) => {
  async function sides() {
    const cluster = await loneCluster(`spire: { namespaces: ${layout} }`);
    const agent = objectsOf((scope) => new SpireAgent(scope, 'agent', cluster));
    const server = objectsOf((scope) => new SpireServer(scope, 'server', cluster));
    return {
      daemonSet: find(agent, 'DaemonSet'),
      agent: attestorOf(configOf(agent, 'spire-agent', 'agent.conf')) as Psat,
      server: (attestorOf(configOf(server, 'spire-server', 'server.conf')) as { clusters: PsatClusters }).clusters,
      manager: parse(renderControllerManagerConfig(cluster)) as { clusterName: string },
    };
  }

  test('gives server, agent and controller manager one name of the cluster', async () => {
    const { agent, server, manager } = await sides();
    expect([agent.cluster, Object.keys(server), manager.clusterName]).toEqual(['east', ['east'], 'east']);
  });

  test('gives the token of the agent the audience that the server expects', async () => {
    const { daemonSet, server } = await sides();
    expect(volumeOf(daemonSet, 'token').projected).toMatchObject({
      sources: [{ serviceAccountToken: { audience: server.east?.audience[0] } }],
    });
  });

  test('lets the agent find its token where the pod has it', async () => {
    const { daemonSet, agent } = await sides();
    const { sources } = volumeOf(daemonSet, 'token').projected as {
      sources: { serviceAccountToken: { path: string } }[];
    };
    const mounted = mountPathOf(containerOf(daemonSet, 'spire-agent'), 'token');
    expect(agent.token_path).toBe(`${mounted}/${sources[0]?.serviceAccountToken.path}`);
  });

  test('allows exactly the ServiceAccount that the agents run as', async () => {
    const { daemonSet, server } = await sides();
    const account = (podOf(daemonSet).spec as { serviceAccountName?: string }).serviceAccountName;
    expect(server.east?.service_account_allow_list).toEqual([`${daemonSet.metadata.namespace}:${account}`]);
  });
});

test.each([
  ['1.32', 'nodes/proxy'],
  ['1.33', 'nodes/pods'],
  ['1.36', 'nodes/pods'],
])('has on kubelets of Kubernetes %s only the permission %s', async (kubernetes, resource) => {
  const role = find(await agentOf(`versions: { kubernetes: "${kubernetes}", istio: 1.30.0 }`), 'ClusterRole');
  expect(role).toMatchObject({ rules: [{ apiGroups: [''], resources: [resource], verbs: ['get'] }] });
});

test('makes its socket in the folder of the node that its configuration names', async () => {
  const objects = await agentOf();
  const daemonSet = find(objects, 'DaemonSet');
  const { agent } = configOf(objects, 'spire-agent', 'agent.conf') as { agent: { socket_path: string } };
  const mounted = mountPathOf(containerOf(daemonSet, 'spire-agent'), 'socket');
  expect(volumeOf(daemonSet, 'socket').hostPath).toEqual({ path: mounted, type: 'DirectoryOrCreate' });
  expect(agent.socket_path).toBe(`${mounted}/socket`);
});

test.each([
  ['1.15.3', 'publisher'],
  ['1.12.3', 'notifier'],
])('reads with server %s the bundle from where its %s writes it', async (spire) => {
  const cluster = await loneCluster(`versions: { spire: ${spire} }`);
  const agent = objectsOf((scope) => new SpireAgent(scope, 'agent', cluster));
  const rbac = objectsOf(
    (scope) => new SpireServerRbac(scope, 'rbac', { ...cluster, permissions: permissionsOf(cluster.plugins) }),
  );
  const { trust_bundle_path, trust_bundle_format } = (
    configOf(agent, 'spire-agent', 'agent.conf') as {
      agent: { trust_bundle_path: string; trust_bundle_format: string };
    }
  ).agent;
  const daemonSet = find(agent, 'DaemonSet');
  const { name } = volumeOf(daemonSet, 'bundle').configMap as { name: string };
  const server = JSON.stringify(
    configOf(
      objectsOf((scope) => new SpireServer(scope, 's', cluster)),
      'spire-server',
      'server.conf',
    ),
  );
  expect([trust_bundle_path, trust_bundle_format]).toEqual([
    `${mountPathOf(containerOf(daemonSet, 'spire-agent'), 'bundle')}/bundle.crt`,
    'pem',
  ]);
  expect(server).toContain(`"${name}"`);
  expect(find(rbac, 'Role')).toMatchObject({
    metadata: { namespace: daemonSet.metadata.namespace },
    rules: expect.arrayContaining([expect.objectContaining({ resourceNames: [name] })]),
  });
});

test('dials the kubelet by the address of its node', async () => {
  const container = containerOf(find(await agentOf(), 'DaemonSet'), 'spire-agent');
  expect(container.env).toEqual([{ name: 'KUBELET_ADDRESS', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }]);
});

test.each([
  ['hostIP', 'status.hostIP'],
  ['nodeName', 'spec.nodeName'],
])('dials the kubelet by %s, which its certificate must name', async (address, fieldPath) => {
  const container = containerOf(find(await agentOf(`kubelet: { address: ${address} }`), 'DaemonSet'), 'spire-agent');
  expect(container.env).toEqual([{ name: 'KUBELET_ADDRESS', valueFrom: { fieldRef: { fieldPath } } }]);
});

test('runs the image of its own version, older than the server where the fleet says so', async () => {
  const daemonSet = find(await agentOf('versions: { spire: 1.15.3, agent: 1.14.6 }'), 'DaemonSet');
  expect(containerOf(daemonSet, 'spire-agent').image).toBe('ghcr.io/spiffe/spire-agent:1.14.6');
});

test('restarts its pods when its configuration changes, and only then', async () => {
  const checksum = async (keys: string): Promise<unknown> => podOf(find(await agentOf(keys), 'DaemonSet')).metadata;
  expect(await checksum('spire: { logLevel: DEBUG }')).not.toEqual(await checksum(''));
  expect(await checksum('observability: false')).toEqual(await checksum(''));
});

test('binds the role to the account of the agents', async () => {
  const objects = await agentOf();
  expect(looseBindings(objects)).toEqual([]);
  expect(find(objects, 'ClusterRoleBinding')).toMatchObject({
    subjects: [{ kind: 'ServiceAccount', name: 'spire-agent', namespace: 'spire-system' }],
  });
});

test('sees the processes of the node, to identify callers, and has no capabilities', async () => {
  const daemonSet = find(await agentOf(), 'DaemonSet');
  expect(podOf(daemonSet).spec).toMatchObject({ hostPID: true, tolerations: [{ operator: 'Exists' }] });
  expect(containerOf(daemonSet, 'spire-agent')).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
  });
});

test('tells its health where the probes ask', async () => {
  const objects = await agentOf();
  const { health_checks: health } = configOf(objects, 'spire-agent', 'agent.conf') as HealthConfig;
  const container = containerOf(find(objects, 'DaemonSet'), 'spire-agent');
  expect([container.livenessProbe?.httpGet.path, container.readinessProbe?.httpGet.path]).toEqual([
    health.live_path,
    health.ready_path,
  ]);
  expect([health.listener_enabled, health.bind_port]).toEqual([true, String(portOf(container, 'health'))]);
});
