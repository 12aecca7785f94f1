import { renderAgentConfig } from '../../lib/spire/agent-config';
import { loneCluster } from '../resolved';

interface AgentConfig {
  readonly agent: Readonly<Record<string, unknown>>;
  readonly plugins: { readonly WorkloadAttestor: readonly { readonly k8s: { readonly plugin_data: unknown } }[] };
}

const configOf = async (keys = ''): Promise<AgentConfig> =>
  JSON.parse(renderAgentConfig(await loneCluster(keys))) as AgentConfig;

test("answers the names that Istio's proxies ask for, all federated bundles under ROOTCA", async () => {
  expect((await configOf()).agent.sds).toEqual({
    default_svid_name: 'default',
    default_bundle_name: 'null',
    default_all_bundles_name: 'ROOTCA',
  });
});

test('dials the server where it is, in either layout', async () => {
  expect((await configOf()).agent.server_address).toBe('spire-server.spire-server.svc');
  expect((await configOf('spire: { namespaces: shared }')).agent.server_address).toBe('spire-server.spire.svc');
});

test.each([
  ['1.12.9', undefined],
  ['1.13.0', 'auto'],
  ['1.15.3', 'auto'],
])('bootstraps again after a loss of the CA if the agent version, %s, supports it: %p', async (spire, mode) => {
  expect((await configOf(`versions: { spire: ${spire} }`)).agent.rebootstrap_mode).toBe(mode);
});

test.each([
  ['verifies the kubelet', '', undefined],
  ['does not verify the kubelet where the fleet turns that off', 'kubelet: { verification: false }', true],
])('%s', async (_, keys, skipped) => {
  const attestor = (await configOf(keys)).plugins.WorkloadAttestor[0]?.k8s.plugin_data;
  expect(attestor).toMatchObject({ node_name_env: 'KUBELET_ADDRESS', disable_container_selectors: true });
  expect((attestor as { skip_kubelet_verification?: boolean }).skip_kubelet_verification).toBe(skipped);
});

test('logs at the level of the fleet', async () => {
  expect((await configOf('spire: { logLevel: DEBUG }')).agent.log_level).toBe('DEBUG');
});
