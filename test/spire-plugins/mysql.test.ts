import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { chooseDatastore } from '../../lib/spire-plugins/datastore/catalog';
import type { MysqlSettings } from '../../lib/spire-plugins/datastore/mysql';
import { containerOf, find, objectsOf, volumeOf } from '../manifests';
import { loneCluster, trialCa } from '../resolved';

const HOST = 'host: db.example.org, database: spire, user: spire';
const server = (settings: string): string => `spire: { server: { datastore: { mysql: { ${HOST}${settings} } } } }`;

async function clusterWith(settings: string) {
  return loneCluster(server(settings), '', { 'db.pem': (await trialCa('database.test')).root });
}

async function pluginData(settings: string) {
  return (await clusterWith(settings)).plugins.datastore.configuration;
}

test('verifies the database with the CA of the fleet, by a configuration that SPIRE makes', async () => {
  expect(await pluginData(', tls: { ca: db.pem, clientCertificate: db-client }')).toEqual({
    database_type: 'mysql',
    connection_string: 'spire@tcp(db.example.org:3306)/spire?parseTime=true&timeout=10s&tls=true',
    root_ca_path: '/run/spire/database-ca/ca.pem',
    client_cert_path: '/run/spire/database-certificate/tls.crt',
    client_key_path: '/run/spire/database-certificate/tls.key',
  });
  const cluster = await clusterWith(', tls: { ca: db.pem, clientCertificate: db-client }');
  const set = find(
    objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
    'StatefulSet',
  );
  expect(volumeOf(set, 'database-certificate')).toMatchObject({ secret: { secretName: 'db-client' } });
});

test.each([
  ['require', 'skip-verify'],
  ['disable', 'false'],
])('says the mode %s in the words of the driver', async (mode, tls) => {
  const { connection_string } = await pluginData(`, tls: { mode: ${mode} }`);
  expect(connection_string).toMatch(new RegExp(`&tls=${tls}$`));
});

test('lets SPIRE put the password into its configuration, and keeps every other dollar sign', async () => {
  const cluster = await clusterWith(', password: { secret: db, key: pass }, tls: { mode: require }');
  const config = renderServerConfig({ ...cluster, trustDomain: 'a$b.test' });
  expect(config).toContain('"spire:$SPIRE_DATABASE_PASSWORD@tcp(db.example.org:3306)');
  expect(config).toContain('a$$b.test');
  const container = containerOf(
    find(
      objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
      'StatefulSet',
    ),
    'spire-server',
  );
  expect(container.args).toContain('-expandEnv');
  expect(container.env).toEqual([
    { name: 'SPIRE_DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'pass' } } },
  ]);
  expect(cluster.requiredSecrets).toContainEqual(
    expect.objectContaining({
      name: 'db',
      keys: ['pass'],
      use: { kind: 'worded', purpose: expect.stringContaining('a backslash') },
    }),
  );
});

test('writes an IPv6 address in brackets', async () => {
  const data = await pluginData(', tls: { mode: disable }, readReplica: { host: "2001:db8::7", port: 3307 }');
  expect(data.ro_connection_string).toMatch(/^spire@tcp\(\[2001:db8::7\]:3307\)\/spire\?/);
});

test('is chosen by a program with the same settings', () => {
  const settings: MysqlSettings = {
    host: 'db.example.org',
    database: 'spire',
    user: 'spire',
    tls: { mode: 'require' },
  };
  expect(chooseDatastore.mysql(settings)).toEqual({ key: 'mysql', settings });
});
