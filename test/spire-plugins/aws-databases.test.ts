import { egressOf } from '../../lib/spire-plugins/server-plugins';
import { loneCluster } from '../resolved';

const clusterOf = (member: string) =>
  loneCluster(
    `spire: { server: { datastore: { ${member}: { host: db.example.org, database: spire, user: spire, region: eu-west-1, tls: { mode: require } } } } }`,
  );

test('names the region of PostgreSQL as a block of the type of the database', async () => {
  const { plugins } = await clusterOf('awsPostgres');
  expect(plugins.datastore.configuration).toEqual({
    database_type: { aws_postgres: { region: 'eu-west-1' } },
    connection_string: 'host=db.example.org port=5432 dbname=spire user=spire sslmode=require connect_timeout=10',
  });
  expect(plugins.datastore.environment).toBeUndefined();
});

test('lets MySQL have the token as a password in clear text, inside of TLS', async () => {
  const { plugins } = await clusterOf('awsMysql');
  expect(plugins.datastore.configuration).toEqual({
    database_type: { aws_mysql: { region: 'eu-west-1' } },
    connection_string:
      'spire@tcp(db.example.org:3306)/spire?parseTime=true&timeout=10s&tls=skip-verify&allowCleartextPasswords=true',
  });
});

test.each(['awsMysql', 'awsPostgres'])('%s dials the database and what gives credentials to a pod', async (member) => {
  const { plugins } = await clusterOf(member);
  expect(egressOf(plugins).map(({ policy, port }) => `${policy}:${port}`)).toEqual([
    `spire-server-database:${member === 'awsMysql' ? 3306 : 5432}`,
    'spire-server-aws-sts:443',
    'spire-server-aws-pod-identity:80',
    'spire-server-aws-metadata:80',
  ]);
});

test('dials an address once that two plugins need', async () => {
  const { plugins } = await clusterOf('awsMysql');
  const { egress } = plugins.datastore;
  const twice = { ...plugins, keyManager: { ...plugins.keyManager, egress } };
  expect(egressOf(twice)).toEqual(egress);
});
