import { SpireServer } from '../../lib/spire/server';
import {
  configOf,
  containerOf,
  find,
  type HealthConfig,
  type Manifest,
  objectsOf,
  podOf,
  portOf,
  volumeOf,
} from '../manifests';
import { loneCluster } from '../resolved';

async function serverOf(keys = ''): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
}

const statefulSetOf = async (keys = ''): Promise<Manifest> => find(await serverOf(keys), 'StatefulSet');

test('runs server and controller manager in one pod, both pinned', async () => {
  const { containers } = podOf(await statefulSetOf('versions: { spire: 1.14.6 }')).spec;
  expect(containers.map(({ name, image }) => [name, image])).toEqual([
    ['spire-server', 'ghcr.io/spiffe/spire-server:1.14.6'],
    ['spire-controller-manager', expect.stringMatching(/spire-controller-manager:\d+\.\d+\.\d+$/)],
  ]);
});

test('fulfils the restricted Pod Security level in every container', async () => {
  const { spec } = podOf(await statefulSetOf());
  expect(spec).toMatchObject({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
  for (const container of spec.containers) {
    expect(container).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    });
  }
});

test('has one replica, and keeps its volume after a deletion', async () => {
  expect(await statefulSetOf()).toMatchObject({
    spec: { replicas: 1, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } },
  });
});

test('asks for the volume that the fleet describes', async () => {
  expect(await statefulSetOf('spire: { storage: { size: 5Gi, storageClass: fast } }')).toMatchObject({
    spec: {
      volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } } }],
    },
  });
});

test('leaves the storage class to the cluster where the fleet names none', async () => {
  const { volumeClaimTemplates } = (await statefulSetOf()).spec as { volumeClaimTemplates: { spec: object }[] };
  expect(volumeClaimTemplates[0]?.spec).not.toHaveProperty('storageClassName');
});

test('reads the intermediate from the Secret, and holds the roots itself', async () => {
  const objects = await serverOf('trust: { secret: my-ca }');
  expect(volumeOf(find(objects, 'StatefulSet'), 'upstream').secret).toMatchObject({ secretName: 'my-ca' });
  expect(find(objects, 'ConfigMap', 'spire-server-root').data?.['root.pem']).toContain('BEGIN CERTIFICATE');
});

test('holds nothing private', async () => {
  expect(JSON.stringify(await serverOf())).not.toContain('PRIVATE KEY');
  expect((await serverOf()).map(({ kind }) => kind)).not.toContain('Secret');
});

test('reads the web certificate for https_web, and then neither root nor intermediate', async () => {
  const set = await statefulSetOf('bundleEndpoint: { address: a.test, profile: https_web, webCertificate: web }');
  expect(volumeOf(set, 'web').secret).toMatchObject({ secretName: 'web' });
  const names = podOf(set).spec.volumes?.map(({ name }) => name);
  expect(names).not.toContain('upstream');
  expect(names).not.toContain('root');
});

test('opens the port of the bundle endpoint only where there is one', async () => {
  const portsOf = async (keys: string) =>
    containerOf(await statefulSetOf(keys), 'spire-server').ports?.map(({ name }) => name);
  expect(await portsOf('bundleEndpoint: { address: a.test }')).toEqual(['grpc', 'federation', 'health']);
  expect(await portsOf('')).toEqual(['grpc', 'health']);
});

test.each([
  ['its configuration', 'spire: { caTtl: 14d }'],
  ['that of the controller manager', 'spire: { namespaces: shared }'],
])('restarts when %s changes', async (_, keys) => {
  expect(podOf(await statefulSetOf(keys)).metadata).not.toEqual(podOf(await statefulSetOf()).metadata);
});

test('mounts exactly the volumes that the pod has', async () => {
  const set = await statefulSetOf();
  const { containers, volumes = [] } = podOf(set).spec;
  const mounted = new Set(containers.flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)));
  expect([...mounted].sort()).toEqual([...volumes.map(({ name }) => name), 'spire-data'].sort());
});

test('tells its health where the probes ask', async () => {
  const objects = await serverOf();
  const { health_checks: health } = configOf(objects, 'spire-server', 'server.conf') as HealthConfig;
  const container = containerOf(find(objects, 'StatefulSet'), 'spire-server');
  expect([container.livenessProbe?.httpGet.path, container.readinessProbe?.httpGet.path]).toEqual([
    health.live_path,
    health.ready_path,
  ]);
  expect([health.listener_enabled, health.bind_port]).toEqual([true, String(portOf(container, 'health'))]);
});

test('is dialled by agents at the port where it listens', async () => {
  const objects = await serverOf();
  const { server } = configOf(objects, 'spire-server', 'server.conf') as { server: { bind_port: string } };
  const { ports } = find(objects, 'Service', 'spire-server').spec as { ports: { port: number; targetPort: string }[] };
  expect(portOf(containerOf(find(objects, 'StatefulSet'), 'spire-server'), ports[0]?.targetPort ?? '')).toBe(
    Number(server.bind_port),
  );
});
