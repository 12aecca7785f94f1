/** Single constructs refuse what would be empty or unsafe, though no rule of a fleet looks at them. */
import { App, Chart } from 'cdk8s';
import { ArgoCdProject, GatewayHost, SpireServer, Workload } from '../../lib';
import { trialCa } from '../resolved';

const chart = (): Chart => new Chart(new App(), 'test');

test('fails for a host that nobody may call, because its policy would admit everybody', () => {
  expect(() => new GatewayHost(chart(), 'shop', { host: 'shop.example', port: 80, callers: [] })).toThrow(
    'callers of shop.example: expected at least one SPIFFE ID, got none',
  );
});

test('fails for a workload without an image', () => {
  expect(() => new Workload(chart(), 'shop', { port: 8080 })).toThrow(
    'shop: expected image, preset or components, got none of them',
  );
});

test('fails for a nested server without a root, which would sign with a CA of its own', () => {
  const nested = { trustDomain: 'a.example', upstream: { address: '192.0.2.12' } };
  expect(() => new SpireServer(chart(), 'server', nested)).toThrow('root is missing');
});

test('fails where nested servers attest under the root of the trust domain, as every workload could', async () => {
  const { root } = await trialCa('a.example');
  const serverApi = { address: '192.0.2.12', rootPem: root };
  expect(() => new SpireServer(chart(), 'server', { trustDomain: 'a.example', root, serverApi })).toThrow(
    'serverApi.rootPem: expected a root of its own, got one of the trust domain',
  );
});

test('fails for a server with the root of another trust domain', async () => {
  const { root } = await trialCa('b.example');
  expect(() => new SpireServer(chart(), 'server', { trustDomain: 'a.example', root })).toThrow(
    /^the SPIRE server of a.example cannot be built:\n {2}root: .*\[foreign-root\]/,
  );
});

test('fails for a repository whose URL Argo CD would read as a pattern', () => {
  const delivery = { repo: 'https://[2001:db8::1]/shop.git' };
  expect(() => new ArgoCdProject(chart(), 'project', { fleet: 'shop', delivery, clusters: [] })).toThrow('[malformed]');
});
