import { parse } from 'yaml';
import { Prometheus, renderPrometheusConfig } from '../../lib/observability/prometheus';
import { containerOf, find, objectsOf, podOf } from '../manifests';

const objects = objectsOf((scope) => new Prometheus(scope, 'prometheus'));

test('may only read pods', () => {
  expect(find(objects, 'ClusterRole')).toMatchObject({
    rules: [{ resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
  });
});

test('scrapes pods that ask for it, at the address that they give', () => {
  const { scrape_configs } = parse(renderPrometheusConfig()) as {
    scrape_configs: { relabel_configs: { action: string; source_labels: string[]; target_label?: string }[] }[];
  };
  const [first] = scrape_configs[0]?.relabel_configs ?? [];
  expect(first).toMatchObject({
    action: 'keep',
    source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'],
  });
});

test.each([
  ['10.0.0.7', '10.0.0.7:15020'],
  ['2001:db8::7', '[2001:db8::7]:15020'],
])('makes of port 15020 at %s the target %s', (ip, target) => {
  const { scrape_configs } = parse(renderPrometheusConfig()) as {
    scrape_configs: { relabel_configs: { regex?: string; replacement?: string; target_label?: string }[] }[];
  };
  const rules = scrape_configs[0]?.relabel_configs.filter(({ target_label }) => target_label === '__address__') ?? [];
  const targets = rules.flatMap(({ regex = '', replacement = '' }) => {
    const whole = new RegExp(`^(?:${regex})$`);
    const joined = `15020;${ip}`;
    return whole.test(joined) ? [joined.replace(whole, replacement)] : [];
  });
  expect(targets).toEqual([target]);
});

test('is outside the mesh, and fulfils the restricted Pod Security level', () => {
  const pod = podOf(find(objects, 'Deployment'));
  expect(pod.metadata).toMatchObject({ labels: { 'sidecar.istio.io/inject': 'false' } });
  expect(pod.spec).toMatchObject({ securityContext: { runAsNonRoot: true } });
  expect(containerOf(find(objects, 'Deployment'), 'prometheus')).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
  });
});
