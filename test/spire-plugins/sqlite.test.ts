import { renderServerConfig } from '../../lib/spire/server-config';
import { loneCluster } from '../resolved';

async function pluginData(datastore: string): Promise<unknown> {
  const cluster = await loneCluster(`spire: { server: { datastore: ${datastore} } }`);
  const { plugins } = JSON.parse(renderServerConfig(cluster)) as {
    plugins: { DataStore: [{ sql: { plugin_data: unknown } }] };
  };
  return plugins.DataStore[0].sql.plugin_data;
}

const FILE = { database_type: 'sqlite3', connection_string: '/var/lib/spire/server/datastore.sqlite3' };

test('keeps the data in a file on the volume, with the limits of connections that SPIRE has', async () => {
  expect(await pluginData('sqlite')).toEqual(FILE);
});

test('limits the connections to the file', async () => {
  expect(await pluginData('{ sqlite: { connections: { maxOpen: 50, maxIdle: 2, maxLifetime: 1h } } }')).toEqual({
    ...FILE,
    max_open_conns: 50,
    max_idle_conns: 2,
    conn_max_lifetime: '1h',
  });
});
