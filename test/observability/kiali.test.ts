import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kiali } from '../../lib/observability/kiali';
import { KialiRbac } from '../../lib/observability/kiali-rbac';
import { Prometheus } from '../../lib/observability/prometheus';
import { configOf, containerOf, find, type Manifest, mountPathOf, objectsOf, podOf } from '../manifests';
import { loneCluster } from '../resolved';

const objects = objectsOf((scope) => {
  new KialiRbac(scope, 'rbac');
  new Kiali(scope, 'kiali', { cluster: 'east', prometheus: 'http://metrics.test:9090' });
});

interface WithRules {
  readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

test('reads, and changes nothing: no rule lets it write an object', () => {
  const { rules } = find(objects, 'ClusterRole') as unknown as WithRules;
  expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
});

test('forwards ports of the pods in the namespace of Istio alone', () => {
  const role = find(objects, 'Role');
  expect(role.metadata.namespace).toBe('istio-system');
  expect((role as unknown as WithRules).rules).toEqual([
    { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
  ]);
  expect(find(objects, 'RoleBinding').metadata.namespace).toBe('istio-system');
});

test('cannot read Secrets', () => {
  expect(JSON.stringify(find(objects, 'ClusterRole'))).not.toContain('secrets');
});

test('reads kinds by their names, and no group whole', () => {
  const { rules } = find(objects, 'ClusterRole') as unknown as { rules: { resources: string[] }[] };
  expect(rules.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'))).toEqual([]);
});

test('requires a token of the Kubernetes API', () => {
  expect(configOf(objects, 'kiali', 'config.yaml')).toMatchObject({ auth: { strategy: 'token' } });
});

test('mounts its token where a client looks for it, and not into the container that makes the key', () => {
  const deployment = find(objects, 'Deployment');
  const { spec } = podOf(deployment) as unknown as {
    spec: {
      automountServiceAccountToken: boolean;
      initContainers: { volumeMounts: { name: string }[] }[];
      volumes: { name: string; projected?: object }[];
    };
  };
  expect(spec.automountServiceAccountToken).toBe(false);
  const token = spec.volumes.find(({ projected }) => projected !== undefined)?.name ?? '';
  expect(mountPathOf(containerOf(deployment, 'kiali'), token)).toBe('/var/run/secrets/kubernetes.io/serviceaccount');
  expect(spec.initContainers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name))).not.toContain(token);
});

test('creates its session key in the pod, at the expected path and with a valid length', () => {
  const { spec } = podOf(find(objects, 'Deployment')) as unknown as {
    spec: { initContainers: { command: string[]; volumeMounts: { name: string; mountPath: string }[] }[] };
  };
  const [maker] = spec.initContainers;
  const folder = mkdtempSync(join(tmpdir(), 'kiali-'));
  const script = maker?.command[2]?.replace(maker.volumeMounts[0]?.mountPath ?? '', folder) ?? '';
  execFileSync('/bin/sh', ['-c', script]);
  const [file] = readdirSync(folder);
  const key = readFileSync(join(folder, file ?? ''), 'utf8');
  rmSync(folder, { recursive: true });
  // config/config.go of Kiali, validateSigningKey and the names of its override secrets.
  expect([file, key.length]).toEqual(['value.txt', 32]);
  expect(mountPathOf(containerOf(find(objects, 'Deployment'), 'kiali'), maker?.volumeMounts[0]?.name ?? '')).toBe(
    '/kiali-override-secrets/login-token-signing-key',
  );
});

test('queries the Prometheus of the URL', () => {
  expect(configOf(objects, 'kiali', 'config.yaml')).toMatchObject({
    external_services: { prometheus: { url: 'http://metrics.test:9090' } },
  });
});

test('queries the Prometheus of the output if the fleet sets none', async () => {
  const url = (await loneCluster()).observability?.prometheus.url;
  const prometheus = objectsOf((scope) => new Prometheus(scope, 'prometheus'));
  const service = find(prometheus, 'Service');
  const { name, namespace } = service.metadata;
  const port = (service as Manifest & { spec: { ports: { port: number }[] } }).spec.ports[0]?.port;
  expect(url).toBe(`http://${name}.${namespace}:${port}`);
});

test('has the cluster name that istiod uses', () => {
  expect(configOf(objects, 'kiali', 'config.yaml')).toMatchObject({ kubernetes_config: { cluster_name: 'east' } });
});

test('stays outside the mesh', () => {
  expect(podOf(find(objects, 'Deployment')).metadata).toMatchObject({ labels: { 'sidecar.istio.io/inject': 'false' } });
});
