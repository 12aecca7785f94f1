import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireAgent } from '../../lib/spire/agent';
import { renderAgentConfig } from '../../lib/spire/agent-config';
import { AgentNetworkPolicies } from '../../lib/spire/network-policies';
import { containerOf, find, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const LABELS = `{
  type: WorkloadAttestor, name: labels,
  command: /run/plugins/bin/labels, args: [--strict],
  data: { token: $LABELS_TOKEN, pattern: "^a$" },
  environment: { LABELS_TOKEN: { secret: labels, key: token } },
  mounts: [
    { claim: plugins, path: /run/plugins/bin },
    { secret: labels-ca, keys: [ca.pem], path: /run/plugins/ca },
    { configMap: rules, path: /run/plugins/rules },
  ],
  egress: [{ host: labels.example.org, port: 8443 }],
}`.replaceAll('\n', ' ');

const PODMAN = `{
  type: WorkloadAttestor, name: docker, data: { podman_socket_path: "unix:///run/plugins/podman/podman.sock" },
  mounts: [{ hostPath: /run/podman, path: /run/plugins/podman }],
}`.replaceAll('\n', ' ');

const STORE = '{ type: SVIDStore, name: aws_secretsmanager, data: { region: eu-west-1 } }';

const plugins = (...written: readonly string[]): string => `spire: { agent: { plugins: [${written.join(', ')}] } }`;

type Plugins = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const pluginsOf = async (text: string): Promise<Plugins> =>
  (JSON.parse(renderAgentConfig(await loneCluster(text))) as { plugins: Plugins }).plugins;

const daemonSetOf = async (text: string) => {
  const cluster = await loneCluster(text);
  const set = find(
    objectsOf((scope) => new SpireAgent(scope, 'agent', cluster)),
    'DaemonSet',
  );
  const { volumes } = (set.spec as { readonly template: { readonly spec: { readonly volumes: readonly unknown[] } } })
    .template.spec;
  return { container: containerOf(set, 'spire-agent'), volumes };
};

test('writes a workload attestor behind those of the agents, with its data as it is', async () => {
  const { WorkloadAttestor } = await pluginsOf(plugins(LABELS));
  expect(WorkloadAttestor?.map((one) => Object.keys(one).join())).toEqual(['k8s', 'labels']);
  expect(WorkloadAttestor?.[1]?.labels).toEqual({
    plugin_cmd: '/run/plugins/bin/labels',
    plugin_args: ['--strict'],
    // SPIRE replaces variables in the whole file, and `$$` by one dollar sign.
    plugin_data: { token: '$LABELS_TOKEN', pattern: '^a$$' },
  });
});

test('writes a store of SVIDs, and no list of stores without one', async () => {
  expect((await pluginsOf(plugins(STORE))).SVIDStore).toEqual([
    { aws_secretsmanager: { plugin_data: { region: 'eu-west-1' } } },
  ]);
  expect(await pluginsOf('')).not.toHaveProperty('SVIDStore');
});

test('brings variables and mounts into the container of the agents, and a folder for the socket of a program', async () => {
  const { container, volumes } = await daemonSetOf(plugins(LABELS, PODMAN));
  expect(container.args).toContain('-expandEnv');
  expect(container.env).toContainEqual({
    name: 'LABELS_TOKEN',
    valueFrom: { secretKeyRef: { name: 'labels', key: 'token' } },
  });
  expect(volumes).toEqual(
    expect.arrayContaining([
      { name: 'tmp', emptyDir: {} },
      { name: 'plugin-0-0', persistentVolumeClaim: { claimName: 'plugins', readOnly: true } },
      { name: 'plugin-0-1', secret: { secretName: 'labels-ca', defaultMode: 0o440 } },
      { name: 'plugin-0-2', configMap: { name: 'rules' } },
      { name: 'plugin-1-0', hostPath: { path: '/run/podman', type: 'Directory' } },
    ]),
  );
  expect(container.volumeMounts).toEqual(
    expect.arrayContaining([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'plugin-0-1', mountPath: '/run/plugins/ca', readOnly: true },
      { name: 'plugin-1-0', mountPath: '/run/plugins/podman', readOnly: true },
    ]),
  );
});

test('adds nothing to the container for a plugin of SPIRE that needs nothing', async () => {
  const { container, volumes } = await daemonSetOf(plugins(STORE));
  expect(container.args).not.toContain('-expandEnv');
  expect([container.volumeMounts, volumes]).toEqual([
    expect.not.arrayContaining([expect.objectContaining({ name: 'tmp' })]),
    expect.not.arrayContaining([expect.objectContaining({ name: 'tmp' })]),
  ]);
});

test('lets agents dial what their plugins dial, each once', async () => {
  const other = '{ type: SVIDStore, name: gcp_secretmanager, egress: [{ host: labels.example.org, port: 8443 }] }';
  const { spire } = await loneCluster(plugins(LABELS, other));
  const policy = find(
    objectsOf((scope) => new AgentNetworkPolicies(scope, 'policies', { spire })),
    'NetworkPolicy',
    'spire-agent',
  );
  const { egress } = policy.spec as { readonly egress: readonly unknown[] };
  expect(egress.filter((rule) => JSON.stringify(rule).includes('8443'))).toEqual([
    { ports: [{ port: 8443, protocol: 'TCP' }] },
  ]);
});

test('lists what a person provides in the namespace of the agents, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(plugins(LABELS, PODMAN, STORE)));
  expect(codesOf(problems)).toEqual([]);
  const cluster = fleet!.clusters[0]!;
  const { agentNamespace } = cluster.spire;
  expect(
    cluster.requiredSecrets
      .filter(({ namespace }) => namespace === agentNamespace)
      .map(({ name, keys }) => [name, keys]),
  ).toEqual([
    ['labels', ['token']],
    ['labels-ca', ['ca.pem']],
  ]);
  const table = renderRequirements(fleet!);
  for (const what of [
    `Secret \`${agentNamespace}/labels\``,
    `PersistentVolumeClaim \`${agentNamespace}/plugins\``,
    `ConfigMap \`${agentNamespace}/rules\``,
    'folder `/run/podman` on every node',
  ])
    expect(table).toContain(what);
  expect(checkCluster(cluster, buildCluster(cluster))).toEqual([]);
});

test('reports a connection of a plugin that the NetworkPolicies keep closed', async () => {
  const open = await loneCluster(plugins(LABELS));
  const closed = await loneCluster();
  const faults = checkCluster(open, buildCluster(closed));
  expect(JSON.stringify(faults)).toContain('may not dial labels.example.org:8443');
});

test('takes the plugins of agents without a fleet', () => {
  const spire = {
    agent: {
      logLevel: 'INFO',
      logFormat: 'text' as const,
      socket: { directory: '/run/a', name: 'socket' },
      plugins: [{ type: 'SVIDStore', name: 'gcp_secretmanager' }],
    },
  };
  const config = find(
    objectsOf((scope) => new SpireAgent(scope, 'agent', { trustDomain: 'east.test', spire })),
    'ConfigMap',
  ) as unknown as { readonly data: Readonly<Record<string, string>> };
  const { plugins: written } = JSON.parse(config.data['agent.conf'] ?? '') as { readonly plugins: Plugins };
  expect(written.SVIDStore).toEqual([{ gcp_secretmanager: { plugin_data: {} } }]);
});
