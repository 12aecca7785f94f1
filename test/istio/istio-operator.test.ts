import { IstioOperator } from '../../lib/istio/istio-operator';
import { find, objectsOf } from '../manifests';
import { loneMesh } from '../resolved';

async function operatorOf(keys = '') {
  const cluster = await loneMesh(keys);
  return find(
    objectsOf((scope) => new IstioOperator(scope, 'istio', cluster)),
    'IstioOperator',
  ).spec;
}

test('installs the images of the version that the fleet names', async () => {
  const spec = await operatorOf('versions: { istio: 1.30.2 }');
  expect(spec).toMatchObject({ tag: '1.30.2', values: { global: { tag: '1.30.2' } } });
});

test('installs no gateway where the fleet has none', async () => {
  expect(await operatorOf()).toMatchObject({
    components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: false }] },
  });
});

test("patches the gateway's Deployment with its label and the agent's socket", async () => {
  const spec = await operatorOf('gateway: { address: 192.0.2.1 }');
  expect(spec).toMatchObject({
    components: {
      ingressGateways: [
        {
          enabled: true,
          k8s: {
            overlays: [
              {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                name: 'istio-ingressgateway',
                patches: expect.arrayContaining([
                  {
                    path: 'spec.template.metadata.labels.spiffe\\.io/spire-managed-identity',
                    value: 'istio-ingressgateway',
                  },
                  expect.objectContaining({ path: 'spec.template.spec.volumes.[name:workload-socket]' }),
                ]),
              },
            ],
          },
        },
      ],
    },
  });
});

test('puts annotations of the Service where istioctl looks for them', async () => {
  const metallb = 'loadBalancer: { metallb: { addresses: [192.0.2.1/32] } }, gateway: { address: 192.0.2.1 }';
  const spec = (await operatorOf(metallb)) as { components: { ingressGateways: { k8s: object }[] } };
  const k8s = spec.components.ingressGateways[0]?.k8s;
  expect(k8s).toMatchObject({ serviceAnnotations: { 'metallb.io/loadBalancerIPs': '192.0.2.1' } });
  expect(k8s).not.toHaveProperty('service.annotations');
});
