import { parse } from 'yaml';
import { helmValues } from '../../lib/istio/helm-values';
import { IstioOperator } from '../../lib/istio/istio-operator';
import { istiodValues } from '../../lib/istio/istio-settings';
import { find, objectsOf } from '../manifests';
import { loneMesh } from '../resolved';

const GATEWAY = 'gateway: { address: 192.0.2.1, port: 8444 }';

interface Gateway {
  readonly labels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly service: { readonly ports: unknown; readonly loadBalancerIP?: string };
}

interface Operator {
  readonly tag: string;
  readonly meshConfig: unknown;
  readonly values: object;
  readonly components: {
    readonly ingressGateways: readonly {
      readonly k8s: {
        readonly service: object;
        readonly overlays: readonly {
          readonly patches: readonly { readonly path: string; readonly value: unknown }[];
        }[];
      };
    }[];
  };
}

/** The two spellings of one installation. */
async function spellings() {
  const cluster = await loneMesh(GATEWAY);
  const operator = find(
    objectsOf((scope) => new IstioOperator(scope, 'istio', cluster)),
    'IstioOperator',
  ).spec as Operator;
  const values = helmValues(cluster);
  return { operator, istiod: values.istiod, gateway: values.gateway as Gateway };
}

test('says of istiod what the IstioOperator says', async () => {
  const { operator, istiod } = await spellings();
  expect(istiod).toEqual({ ...operator.values, meshConfig: operator.meshConfig });
});

test("gives the gateway's pods the labels that the IstioOperator gives them", async () => {
  const { operator, gateway } = await spellings();
  const patches = operator.components.ingressGateways[0]?.k8s.overlays[0]?.patches ?? [];
  const labels = patches.flatMap(({ path, value }) => {
    const key = /^spec\.template\.metadata\.labels\.(.*)$/.exec(path)?.[1];
    return key === undefined ? [] : [[key.replaceAll('\\.', '.'), value]];
  });
  expect(gateway.labels).toEqual(Object.fromEntries(labels));
});

test("gives the gateway's pods the volume that the IstioOperator gives them, by a template that istiod has", async () => {
  const { operator, gateway } = await spellings();
  const template = gateway.podAnnotations['inject.istio.io/templates']?.split(',')[1] ?? '';
  const { spec } = parse(istiodValues(await loneMesh()).sidecarInjectorWebhook.templates[template] ?? '') as {
    spec: { volumes: readonly unknown[]; containers: readonly { volumeMounts: readonly unknown[] }[] };
  };
  const patches = operator.components.ingressGateways[0]?.k8s.overlays[0]?.patches ?? [];
  const valueAt = (part: string): unknown => patches.find(({ path }) => path.includes(part))?.value;
  expect(spec.volumes[0]).toMatchObject(valueAt('.volumes.') as object);
  expect(spec.containers[0]?.volumeMounts[0]).toEqual(valueAt('.volumeMounts.'));
});

test("gives the gateway's Service the ports and the address that the IstioOperator gives it", async () => {
  const { operator, gateway } = await spellings();
  expect(gateway.service).toEqual(operator.components.ingressGateways[0]?.k8s.service);
});

test('names the ServiceAccount from which SPIRE identifies the gateway', async () => {
  const { gateway } = helmValues(await loneMesh(GATEWAY));
  expect(gateway).toMatchObject({
    name: 'istio-ingressgateway',
    serviceAccount: { name: 'istio-ingressgateway-service-account' },
  });
});

test('lets a gateway restart on a node that has its image while the registry is away', async () => {
  const { gateway } = helmValues(await loneMesh(GATEWAY));
  expect(gateway).toMatchObject({ imagePullPolicy: 'IfNotPresent' });
});

test('installs the CNI plugin if the fleet sets it, with both keys and next to istiod', async () => {
  const cluster = await loneMesh('istio: { cni: true }');
  const { spec } = find(
    objectsOf((scope) => new IstioOperator(scope, 'istio', cluster)),
    'IstioOperator',
  );
  expect(spec).toMatchObject({
    components: { cni: { enabled: true, namespace: 'kube-system' } },
    values: { pilot: { cni: { enabled: true } }, global: { proxy: { seccompProfile: { type: 'RuntimeDefault' } } } },
  });
  const values = helmValues(cluster);
  expect(Object.keys(values)).toEqual(['base', 'cni', 'istiod']);
  expect(values.cni).toEqual({ global: { hub: 'docker.io/istio', tag: '1.31.4' } });
  expect(values.istiod).toMatchObject({ pilot: { cni: { enabled: true } } });
});

test('has no values for a gateway that the fleet does not have', async () => {
  expect(Object.keys(helmValues(await loneMesh()))).toEqual(['base', 'istiod']);
});

test("gives the gateway's Service what the fleet says of it, in both spellings", async () => {
  const cluster = await loneMesh(
    'gateway: { address: "2001:db8::1", annotations: { example.org/scheme: internal }, loadBalancerClass: example.org/lb }',
  );
  const operator = find(
    objectsOf((scope) => new IstioOperator(scope, 'istio', cluster)),
    'IstioOperator',
  ).spec as Operator;
  const fields = { ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack', loadBalancerClass: 'example.org/lb' };
  const annotations = { 'example.org/scheme': 'internal' };
  expect((helmValues(cluster).gateway as Gateway).service).toMatchObject({ ...fields, annotations });
  expect(operator.components.ingressGateways[0]?.k8s).toMatchObject({
    service: fields,
    serviceAnnotations: annotations,
  });
});
