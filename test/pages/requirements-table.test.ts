import { renderRequirements } from '../../lib/pages/requirements-table';
import { lone, resolveText } from '../resolved';

async function requirementsOf(keys = ''): Promise<string> {
  const { fleet } = await resolveText(lone(keys));
  return renderRequirements(fleet!);
}

test.each([
  ['', '-verify_ip NODE_IP', 'for the IP address of the node'],
  ['kubelet: { address: nodeName }', '-verify_hostname NODE_NAME', 'for the name of the node'],
])('asks of kubelets, with "%s", what agents verify, and shows how to see it', async (keys, option, what) => {
  const text = await requirementsOf(keys);
  expect(text).toContain(option);
  expect(text).toContain(what);
});

test('asks for DNS that knows the nodes only where agents dial names', async () => {
  const dns = 'cluster DNS that resolves the names of the nodes';
  expect(await requirementsOf()).not.toContain(dns);
  expect(await requirementsOf('kubelet: { address: nodeName, verification: false }')).toContain(dns);
});

test.each([
  ['1.36', 'Kubernetes 1.33 or later on every node'],
  ['1.33', 'Kubernetes 1.33 or later on every node'],
  ['1.32', 'Kubernetes 1.32 or later on every node'],
])('names for Kubernetes %s the oldest kubelet that answers its agent: %s', async (kubernetes, what) => {
  expect(await requirementsOf(`versions: { kubernetes: "${kubernetes}" }`)).toContain(what);
});

test.each([
  [
    '{ namespace: monitoring, podLabels: { app: prometheus } }',
    'in pods with `app=prometheus`, which scrapes the container ports',
  ],
  ['{ namespace: monitoring, annotations: true }', 'which follows the annotations'],
  ['{ namespace: monitoring, podMonitors: { labels: { release: kps } } }', 'selects PodMonitors with `release=kps`'],
])('asks for the Prometheus that scrapes SPIRE: %s', async (prometheus, what) => {
  const row = (await requirementsOf(`spire: { telemetry: { prometheus: ${prometheus} } }`))
    .split('\n')
    .find((line) => line.includes('collects the metrics of SPIRE'));
  expect(row).toContain('a Prometheus in namespace `monitoring`');
  expect(row).toContain(what);
  expect(await requirementsOf('spire: { telemetry: { prometheus: true } }')).not.toContain('metrics of SPIRE');
});

test.each([
  ['', 'in PEM'],
  [', format: spiffe', 'as a SPIFFE bundle'],
])('asks for the bundle that agents fetch by its URL%s', async (format, what) => {
  const url = 'https://trust.test/bundle';
  const text = await requirementsOf(`spire: { agent: { trustBundle: { url: "${url}"${format} } } }`);
  expect(text).toContain(`the current trust bundle of \`east.test\` at \`${url}\`, ${what}`);
  expect(await requirementsOf()).not.toContain('the current trust bundle');
});

test('says how the pods of delegates reach the admin socket of their agent', async () => {
  const text = await requirementsOf('spire: { agent: { admin: { delegates: [/broker] } } }');
  expect(text).toContain(
    'pods with `spiffe://east.test/broker` that mount the hostPath `/run/spire/agent-admin`, run as root',
  );
  expect(await requirementsOf()).not.toContain('agent-admin');
});

test('asks for the Prometheus that Kiali asks, unless the output deploys one', async () => {
  const row = /^\| east \| a Prometheus at `http:\/\/metrics\.test:9090`, /m;
  expect(await requirementsOf('observability: { prometheus: "http://metrics.test:9090" }')).toMatch(row);
  expect(await requirementsOf('observability: true')).not.toContain('a Prometheus at');
});
