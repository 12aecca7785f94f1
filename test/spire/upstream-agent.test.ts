import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { UpstreamAgent } from '../../lib/spire/upstream-agent';
import { renderUpstreamAgentConfig } from '../../lib/spire/upstream-agent-config';
import { find, objectsOf, type PodSpec } from '../manifests';
import { clustersOf, NESTED } from '../resolved';

async function nested() {
  const { west } = await clustersOf(NESTED);
  return { ...west!, upstream: west!.upstream! };
}

async function podOf(name: 'east' | 'west'): Promise<PodSpec & { readonly shareProcessNamespace?: boolean }> {
  const cluster = (await clustersOf(NESTED))[name]!;
  const set = find(
    objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
    'StatefulSet',
  );
  return (set.spec as { readonly template: { readonly spec: PodSpec } }).template.spec;
}

test('proves itself by its certificate to the server above, which it trusts by the root alone', async () => {
  const { agent, plugins } = JSON.parse(renderUpstreamAgentConfig(await nested()));
  expect(agent).toMatchObject({
    trust_domain: 'east.test',
    server_address: '192.0.2.12',
    server_port: '8081',
    trust_bundle_path: '/run/spire/root/root.pem',
  });
  expect(agent.insecure_bootstrap).toBeUndefined();
  expect(Object.keys(plugins.NodeAttestor[0])).toEqual(['x509pop']);
});

test('gives the nested server an SVID instead of a CA from a Secret', async () => {
  const { plugins } = JSON.parse(renderServerConfig(await nested()));
  expect(plugins.UpstreamAuthority).toEqual([
    {
      spire: {
        plugin_data: {
          server_address: '192.0.2.12',
          server_port: '8081',
          workload_api_socket: '/run/spire/upstream-socket/socket',
        },
      },
    },
  ]);
});

test('attests the server by its process: shares the pod, its processes and the folder of the socket', async () => {
  const pod = await podOf('west');
  expect(pod.shareProcessNamespace).toBe(true);
  const mounting = pod.containers.filter(({ volumeMounts = [] }) =>
    volumeMounts.some(({ name }) => name === 'upstream-socket'),
  );
  expect(mounting.map(({ name }) => name)).toEqual(['spire-server', 'spire-upstream-agent']);
});

test('shows its certificate to the agent alone, and no CA to anybody', async () => {
  const pod = await podOf('west');
  const mounting = pod.containers.filter(({ volumeMounts = [] }) =>
    volumeMounts.some(({ name }) => name === 'upstream-certificate'),
  );
  expect(mounting.map(({ name }) => name)).toEqual(['spire-upstream-agent']);
  expect(
    pod.volumes?.flatMap(({ secret }) => (secret as { secretName: string } | undefined)?.secretName ?? []),
  ).toEqual(['spire-upstream-agent']);
});

test('exists only for a nested server', async () => {
  const pod = await podOf('east');
  expect([pod.shareProcessNamespace, pod.containers.length]).toEqual([undefined, 2]);
});

test('restarts the server of a nested cluster when what the agent reads changes', async () => {
  const checksum = async (text: string): Promise<unknown> => {
    const { west } = await clustersOf(text);
    const set = find(
      objectsOf((scope) => new SpireServer(scope, 'server', west!)),
      'StatefulSet',
    );
    return (set.spec as { template: { metadata: { annotations: unknown } } }).template.metadata.annotations;
  };
  // The log level is the agent's too; the root of nested servers is not.
  expect(await checksum(NESTED)).toEqual(await checksum(NESTED));
  expect(await checksum(NESTED.replace('192.0.2.12', '192.0.2.13'))).not.toEqual(await checksum(NESTED));
});

test("keeps its configuration in a ConfigMap of the server's namespace", async () => {
  const props = await nested();
  const { metadata, data } = find(
    objectsOf((scope) => new UpstreamAgent(scope, 'agent', props)),
    'ConfigMap',
  );
  expect([metadata.namespace, Object.keys(data ?? {})]).toEqual(['spire-server', ['agent.conf']]);
});

test('lets the server above attest by certificate beside the tokens of its own cluster', async () => {
  const { east } = await clustersOf(NESTED);
  const { plugins } = JSON.parse(renderServerConfig(east!));
  const [tokens, certificates] = plugins.NodeAttestor;
  expect(Object.keys(tokens.k8s_psat.plugin_data.clusters)).toEqual(['east']);
  expect(certificates.x509pop.plugin_data).toEqual({
    ca_bundle_path: '/run/spire/nested-root/root.pem',
    agent_path_template: '/{{ .PluginName }}/{{ .Subject.CommonName }}',
  });
});
