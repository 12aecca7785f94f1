import { ApiObject, App } from 'cdk8s';
import { ManifestChart } from '../../lib/manifests/manifest-file';

afterEach(() => {
  delete process.env.CDK8S_DISABLE_SORT;
});

test('orders the keys of objects whatever the environment says', () => {
  process.env.CDK8S_DISABLE_SORT = 'true';
  const chart = new ManifestChart(new App(), 'file');
  const spec = { z: 1, a: { y: 1, b: 2 } };
  new ApiObject(chart, 'object', {
    kind: 'Thing',
    apiVersion: 'v1',
    spec,
    metadata: { name: 'it', labels: { z: '', a: '' } },
  });
  const [object] = chart.toManifestFile().objects;
  expect(JSON.stringify(object)).toBe(
    '{"apiVersion":"v1","kind":"Thing","metadata":{"labels":{"a":"","z":""},"name":"it"},"spec":{"a":{"b":2,"y":1},"z":1}}',
  );
});
