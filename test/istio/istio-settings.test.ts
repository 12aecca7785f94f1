import { parse } from 'yaml';
import { gatewayService, istiodValues, socketMount, socketVolume } from '../../lib/istio/istio-settings';
import { loneMesh } from '../resolved';

interface Template {
  readonly spec: Readonly<Record<string, readonly { readonly name: string; readonly volumeMounts?: unknown }[]>>;
}

async function templatesOf(versions: string): Promise<{ readonly sidecar: Template; readonly gateway: Template }> {
  const { templates } = istiodValues(await loneMesh(`versions: { ${versions} }`)).sidecarInjectorWebhook;
  return {
    sidecar: parse(templates.spire ?? '') as Template,
    gateway: parse(templates['spire-gateway'] ?? '') as Template,
  };
}

test.each([
  ['init containers', 'istio: 1.31.4, kubernetes: "1.33"', 'initContainers', 'true'],
  ['containers on older nodes', 'istio: 1.30.0, kubernetes: "1.32"', 'containers', 'false'],
  ['containers of an older Istio', 'istio: 1.26.3, kubernetes: "1.33"', 'containers', 'false'],
])('patches sidecars as %s, and configures istiod to inject them as such', async (_, versions, where, native) => {
  const { sidecar } = await templatesOf(versions);
  expect(Object.keys(sidecar.spec)).toEqual([where, 'volumes']);
  const { pilot } = istiodValues(await loneMesh(`versions: { ${versions} }`));
  expect(pilot.env.ENABLE_NATIVE_SIDECARS).toBe(native);
});

test.each([
  ['holds', 'istio: 1.30.2, kubernetes: "1.32"', true],
  ['holds', 'istio: 1.26.3, kubernetes: "1.33"', true],
  ['need not hold', 'istio: 1.31.4, kubernetes: "1.33"', undefined],
])('%s programs back until their proxy has an SVID: %s', async (_, versions, expected) => {
  const { meshConfig } = istiodValues(await loneMesh(`versions: { ${versions} }`));
  expect(meshConfig.defaultConfig.holdApplicationUntilProxyStarts).toBe(expected);
});

test('patches a gateway as an ordinary container, whatever sidecars are', async () => {
  const { gateway } = await templatesOf('istio: 1.31.4, kubernetes: "1.36"');
  expect(Object.keys(gateway.spec)).toEqual(['containers', 'volumes']);
});

test("puts the agent's socket where Istio's own volume is, read-only", async () => {
  const { sidecar } = await templatesOf('kubernetes: "1.36"');
  expect(sidecar.spec.initContainers).toEqual([
    {
      name: 'istio-proxy',
      volumeMounts: [{ name: 'workload-socket', mountPath: '/var/run/secrets/workload-spiffe-uds', readOnly: true }],
    },
  ]);
  expect(sidecar.spec.volumes).toEqual([{ name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } }]);
  expect(socketMount().name).toBe(socketVolume().name);
});

test.each([
  ['takes away', '1.26.3', true],
  ['leaves alone', '1.27.0', false],
])("%s what Istio %s gives the gateway's volume as its source", async (_, istio, cleared) => {
  const { sidecar, gateway } = await templatesOf(`istio: ${istio}, kubernetes: "1.31"`);
  const [volume] = gateway.spec.volumes ?? [];
  expect('emptyDir' in (volume ?? {})).toBe(cleared);
  expect(sidecar.spec.volumes?.[0]).not.toHaveProperty('emptyDir');
});

test('gives the mesh the trust domain of SPIRE, and the cluster its name', async () => {
  const { meshConfig, global } = istiodValues(await loneMesh());
  expect(meshConfig.trustDomain).toBe('east.test');
  // Callers use host names that no DNS server knows.
  expect(meshConfig.defaultConfig.proxyMetadata).toEqual({ ISTIO_META_DNS_CAPTURE: 'true' });
  expect(global).toMatchObject({ tag: '1.31.4', multiCluster: { clusterName: 'east' } });
});

test.each([
  ['1.24.6', { ISTIO_META_DNS_CAPTURE: 'true', ISTIO_META_DNS_AUTO_ALLOCATE: 'true' }],
  ['1.25.0', { ISTIO_META_DNS_CAPTURE: 'true' }],
])('lets proxies of Istio %s resolve the hosts of other clusters', async (istio, metadata) => {
  const { meshConfig } = istiodValues(await loneMesh(`versions: { istio: ${istio}, kubernetes: "1.28" }`));
  expect(meshConfig.defaultConfig.proxyMetadata).toEqual(metadata);
});

test('widens trust by no alias, and holds no null outside of templates, which the charts cannot read', async () => {
  const { sidecarInjectorWebhook: _, ...values } = istiodValues(await loneMesh());
  expect(JSON.stringify(values)).not.toMatch(/trustDomainAliases|caCertificates|SKIP_VALIDATE_TRUST_DOMAIN|null/);
});

describe("the gateway's Service", () => {
  test("has the gateway's address, by MetalLB where there is one", async () => {
    const gateway = 'gateway: { address: 192.0.2.1 }';
    const metallb = 'loadBalancer: { metallb: { addresses: [192.0.2.1/32] } }';
    expect(gatewayService(await loneMesh(gateway))).toMatchObject({ loadBalancerIP: '192.0.2.1' });
    expect(gatewayService(await loneMesh(`${gateway}, ${metallb}`))).toMatchObject({
      annotations: { 'metallb.io/loadBalancerIPs': '192.0.2.1' },
    });
  });

  test('maps the port of callers to a port that needs no root user', async () => {
    const service = gatewayService(await loneMesh('gateway: { address: 192.0.2.1, port: 8444 }'));
    const https = service?.ports.find(({ name }) => name === 'https');
    expect(https?.port).toBe(8444);
    expect(https?.targetPort).toBeGreaterThanOrEqual(1024);
  });

  test('is absent without gateway', async () => {
    expect(gatewayService(await loneMesh())).toBeUndefined();
  });
});
