import { Datastore } from '../../lib';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { containerOf, find, type Manifest, objectsOf, podOf, volumeOf } from '../manifests';
import { loneCluster, trialCa } from '../resolved';

const HOST = 'host: db.example.org, database: spire, user: spire';
const server = (settings: string, more = ''): string =>
  `spire: { server: { datastore: { postgres: { ${HOST}${settings} } }${more} } }`;

async function pluginData(settings: string): Promise<Record<string, unknown>> {
  const { root } = await trialCa('database.test');
  const cluster = await loneCluster(server(settings), '', { 'db.pem': root });
  const { plugins } = JSON.parse(renderServerConfig(cluster)) as {
    plugins: { DataStore: [{ sql: { plugin_data: Record<string, unknown> } }] };
  };
  return plugins.DataStore[0].sql.plugin_data;
}

async function serverOf(settings: string, more = ''): Promise<readonly Manifest[]> {
  const { root } = await trialCa('database.test');
  const cluster = await loneCluster(server(settings, more), '', { 'db.pem': root });
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
}

test('verifies the database with the CA of the fleet, from a file that the pod has', async () => {
  const { connection_string } = await pluginData(', tls: { ca: db.pem }');
  expect(connection_string).toBe(
    'host=db.example.org port=5432 dbname=spire user=spire sslmode=verify-full sslrootcert=/run/spire/database-ca/ca.pem connect_timeout=10',
  );
  const objects = await serverOf(', tls: { ca: db.pem }');
  const set = find(objects, 'StatefulSet');
  expect(volumeOf(set, 'database-ca')).toMatchObject({ configMap: { name: 'spire-server-database-ca' } });
  expect(containerOf(set, 'spire-server').volumeMounts).toContainEqual({
    name: 'database-ca',
    mountPath: '/run/spire/database-ca',
    readOnly: true,
  });
  expect(find(objects, 'ConfigMap', 'spire-server-database-ca')).toMatchObject({
    data: { 'ca.pem': (await trialCa('database.test')).root },
  });
});

test('takes the password from a Secret that a person provides, by a variable', async () => {
  const settings = ', password: { secret: db, key: pass }, tls: { mode: require }';
  const objects = await serverOf(settings);
  expect(containerOf(find(objects, 'StatefulSet'), 'spire-server').env).toEqual([
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'pass' } } },
  ]);
  const { requiredSecrets } = await loneCluster(server(settings));
  expect(requiredSecrets).toContainEqual(expect.objectContaining({ name: 'db', keys: ['pass'], type: 'Opaque' }));
  expect(JSON.stringify(await pluginData(settings))).not.toContain('pass');
});

test('signs in by a client certificate', async () => {
  const settings = ', tls: { mode: require, clientCertificate: db-client }';
  expect((await pluginData(settings)).connection_string).toContain(
    'sslcert=/run/spire/database-certificate/tls.crt sslkey=/run/spire/database-certificate/tls.key',
  );
  const set = find(await serverOf(settings), 'StatefulSet');
  expect(volumeOf(set, 'database-certificate')).toMatchObject({ secret: { secretName: 'db-client' } });
});

test('reads from a replica, within the limits of connections', async () => {
  const settings =
    ', tls: { mode: disable }, readReplica: { host: 192.0.2.7, port: 6432 }, connections: { maxOpen: 20, maxIdle: 0, maxLifetime: 30m }';
  expect(await pluginData(settings)).toMatchObject({
    ro_connection_string: expect.stringMatching(/^host=192\.0\.2\.7 port=6432 dbname=spire user=spire sslmode=disable/),
    max_open_conns: 20,
    max_idle_conns: 0,
    conn_max_lifetime: '30m',
  });
});

test('dials the database and its replica', async () => {
  const { plugins } = await loneCluster(server(', tls: { mode: disable }, readReplica: { host: 192.0.2.7 }'));
  expect(plugins.datastore.egress).toEqual([
    { policy: 'spire-server-database', address: 'db.example.org', port: 5432 },
    { policy: 'spire-server-database-replica', address: '192.0.2.7', port: 5432 },
  ]);
});

test('lets several servers run, on nodes of their own, with one at most missing', async () => {
  const objects = await serverOf(', tls: { mode: disable }', ', replicas: 3, keyManager: memory');
  const set = find(objects, 'StatefulSet');
  expect(set.spec).toMatchObject({ replicas: 3 });
  expect(podOf(set).spec).toMatchObject({
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
          { podAffinityTerm: { topologyKey: 'topology.kubernetes.io/zone' } },
        ],
      },
    },
  });
  expect(find(objects, 'PodDisruptionBudget').spec).toMatchObject({
    maxUnavailable: 1,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'spire-server' } },
  });
});

test('leaves the number of servers to an autoscaler where the fleet has one', async () => {
  const autoscaled = ', keyManager: memory, replicas: 2, autoscaling: { maxReplicas: 5 }';
  const objects = await serverOf(', tls: { mode: disable }', autoscaled);
  expect(find(objects, 'StatefulSet').spec).not.toHaveProperty('replicas');
  expect(podOf(find(objects, 'StatefulSet')).spec).toHaveProperty('affinity.podAntiAffinity');
  expect(find(objects, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
  expect(find(objects, 'HorizontalPodAutoscaler')).toMatchObject({
    metadata: { name: 'spire-server', namespace: 'spire-server' },
    spec: {
      scaleTargetRef: { kind: 'StatefulSet', name: 'spire-server' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [{ containerResource: { container: 'spire-server', target: { averageUtilization: 80 } } }],
    },
  });
});

test('has no volume where neither data nor keys are on a disk', async () => {
  const set = find(await serverOf(', tls: { mode: disable }', ', keyManager: memory'), 'StatefulSet');
  expect(set.spec).not.toHaveProperty('volumeClaimTemplates');
  expect(set.spec).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
  expect(volumeOf(set, 'spire-data')).toEqual({ name: 'spire-data', emptyDir: {} });
  const withKeys = find(await serverOf(', tls: { mode: disable }'), 'StatefulSet');
  expect(withKeys.spec).toHaveProperty('volumeClaimTemplates');
});

test('in a program without a fleet, demands the text of the CA that the settings name', async () => {
  const datastore = Datastore.postgres({ host: 'db.test', database: 'spire', user: 'spire', tls: { ca: 'db.pem' } });
  const server = (files?: Record<string, string>) =>
    objectsOf((scope) => new SpireServer(scope, 'server', { trustDomain: 'east.test', datastore, files }));
  expect(() => server()).toThrow("files: db.pem is missing: the certificates of the database's CA");
  const { root } = await trialCa('database.test');
  expect(find(server({ 'db.pem': root }), 'ConfigMap', 'spire-server-database-ca')).toMatchObject({
    data: { 'ca.pem': root },
  });
});
