import { Kiali } from '../../lib/observability/kiali';
import { KialiRbac } from '../../lib/observability/kiali-rbac';
import { Prometheus } from '../../lib/observability/prometheus';
import { configOf, find, type Manifest, objectsOf, podOf } from '../manifests';

const objects = objectsOf((scope) => {
  new KialiRbac(scope, 'rbac');
  new Kiali(scope, 'kiali', { cluster: 'east' });
});

test('reads, and changes nothing: no rule lets it write an object', () => {
  const { rules } = find(objects, 'ClusterRole') as unknown as { rules: { resources: string[]; verbs: string[] }[] };
  const writing = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(writing).toEqual([{ apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] }]);
});

test('shows Secrets to nobody', () => {
  expect(JSON.stringify(find(objects, 'ClusterRole'))).not.toContain('secrets');
});

test('asks the Prometheus that stands beside it', () => {
  const prometheus = objectsOf((scope) => new Prometheus(scope, 'prometheus'));
  const service = find(prometheus, 'Service');
  const { name, namespace } = service.metadata;
  const port = (service as Manifest & { spec: { ports: { port: number }[] } }).spec.ports[0]?.port;
  expect(configOf(objects, 'kiali', 'config.yaml')).toMatchObject({
    external_services: { prometheus: { url: `http://${name}.${namespace}:${port}` } },
  });
});

test('knows its cluster by the name that istiod has for it', () => {
  expect(configOf(objects, 'kiali', 'config.yaml')).toMatchObject({ kubernetes_config: { cluster_name: 'east' } });
});

test('stays outside the mesh', () => {
  expect(podOf(find(objects, 'Deployment')).metadata).toMatchObject({ labels: { 'sidecar.istio.io/inject': 'false' } });
});
