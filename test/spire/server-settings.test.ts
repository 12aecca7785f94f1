import { renderAgentConfig } from '../../lib/spire/agent-config';
import { renderServerConfig } from '../../lib/spire/server-config';
import { clustersOf, lone, loneCluster } from '../resolved';

async function settingsOf(keys: string): Promise<Record<string, unknown>> {
  const { server } = JSON.parse(renderServerConfig(await loneCluster(keys))) as { server: Record<string, unknown> };
  return server;
}

const withServer = (keys: string): string => `spire: { server: { ${keys} } }`;

test.each([
  ['caKeyType: ec-p384', { ca_key_type: 'ec-p384' }],
  ['jwtKeyType: rsa-2048', { jwt_key_type: 'rsa-2048' }],
  ['jwtIssuer: "https://oidc.east.test/a"', { jwt_issuer: 'https://oidc.east.test/a' }],
  ['jwtSvids: false', { disable_jwt_svids: true }],
  ['agentTtl: 2h', { agent_ttl: '2h' }],
  ['auditLog: true', { audit_log_enabled: true }],
  ['adminIds: [spiffe://east.test/admin]', { admin_ids: ['spiffe://east.test/admin'] }],
  ['rateLimits: { attestation: false }', { ratelimit: { attestation: false } }],
  ['forgetAgentsAfter: 7d', { prune_attested_nodes_expired_for: '168h' }],
  [
    'experimental: { eventsBasedCache: true, cacheReloadInterval: 10s, requirePostQuantumKeyExchange: true }',
    { experimental: { events_based_cache: true, cache_reload_interval: '10s', require_pq_kem: true } },
  ],
  ['logLevel: DEBUG, logFormat: json', { log_level: 'DEBUG', log_format: 'json' }],
])('writes %s', async (keys, expected) => {
  expect(await settingsOf(withServer(keys))).toMatchObject(expected);
});

test("has the trust domain as the common name of the CA, beside the fleet's country and organization", async () => {
  expect(await settingsOf(withServer('caSubject: { country: DE, organization: Shop }'))).toMatchObject({
    ca_subject: [{ country: ['DE'], organization: ['Shop'], common_name: 'east.test' }],
  });
});

test("takes the fleet's settings for a cluster that has others of its own", async () => {
  const { east } = await clustersOf(`
fleet: lone
spire: { server: { caKeyType: rsa-4096, auditLog: true } }
clusters:
  east: { trustDomain: east.test, spire: { server: { auditLog: false } } }`);
  expect(JSON.parse(renderServerConfig(east!))).toMatchObject({
    server: { ca_key_type: 'rsa-4096', audit_log_enabled: false },
  });
});

test('logs of server and agents have the format of the fleet, unless the server has its own', async () => {
  const { east } = await clustersOf(lone('spire: { logFormat: json, logLevel: WARN, server: { logLevel: DEBUG } }'));
  expect(JSON.parse(renderServerConfig(east!))).toMatchObject({ server: { log_format: 'json', log_level: 'DEBUG' } });
  expect(JSON.parse(renderAgentConfig(east!))).toMatchObject({ agent: { log_format: 'json', log_level: 'WARN' } });
});
