/** Proves that a real SPIRE server signs with a CA from Secrets Manager and publishes its bundle to S3, both emulated. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginPlan } from '../../../lib/spire-plugins/plugin';
import { environmentOf, planServerPlugins } from '../../../lib/spire-plugins/server-plugins';
import { makeTrialCa, type TrialCa } from '../../trial-ca';
import { Background } from '../machine/background';
import { tryRun } from '../machine/command';
import { waitFor } from '../machine/wait';
import { freePort, Moto } from './moto';

const REGION = 'eu-west-1';
const TRUST_DOMAIN = 'east.test';
const [BUCKET, OBJECT] = ['trust-bundles', 'east.json'];

/** @returns what was seen, as a sentence @throws if it was something else */
export async function proveAws(programs: string, folder: string): Promise<string> {
  const moto = await Moto.start(join(folder, 'moto'));
  const own = join(folder, 'aws-server');
  mkdirSync(own);
  try {
    const ca = await makeTrialCa(TRUST_DOMAIN, new Date());
    await moto.makeBucket(BUCKET);
    const server = await startServer(join(programs, 'spire-server'), own, { moto, ca });
    try {
      return await seen(join(programs, 'spire-server'), own, { moto, ca, server });
    } finally {
      await server.stop('SIGTERM');
    }
  } finally {
    await moto.stop();
  }
}

interface Scene {
  readonly moto: Moto;
  readonly ca: TrialCa;
}

async function startServer(program: string, folder: string, { moto, ca }: Scene): Promise<Background> {
  const secret = async (Name: string, SecretString: string): Promise<string> =>
    String((await moto.call('secretsmanager', 'secretsmanager.CreateSecret', { Name, SecretString }, REGION)).ARN);
  const settings = {
    certificate: await secret('spire/certificate', ca.intermediate),
    key: await secret('spire/key', ca.intermediateKey),
    root: await secret('spire/root', ca.root),
    endpoint: moto.url,
  };
  const publisher = { region: REGION, bucket: BUCKET, object: OBJECT, endpoint: moto.url };
  const plugins = planServerPlugins(
    {
      keyManager: { key: 'memory', settings: {} },
      upstreamAuthority: { key: 'awsSecret', settings },
      bundlePublishers: { bucket: { key: 'awsS3', settings: publisher } },
    },
    {
      cluster: 'east',
      trustDomain: TRUST_DOMAIN,
      namespace: 'spire-server',
      serviceAccount: 'spire-server',
      replicas: 1,
      agents: { namespace: 'spire-system', serviceAccount: 'spire-agent' },
      caTtl: '24h',
      root: { pem: ca.root, annotations: {} },
    },
  );
  const { upstreamAuthority, bundlePublishers } = plugins;
  const file = join(folder, 'server.conf');
  const entry = (plan: PluginPlan | undefined): object => ({
    [plan?.plugin ?? '']: { plugin_data: plan?.configuration },
  });
  const configuration = {
    server: {
      trust_domain: TRUST_DOMAIN,
      bind_address: '127.0.0.1',
      bind_port: String(await freePort()),
      socket_path: join(folder, 'api.sock'),
      data_dir: folder,
      ca_ttl: '24h',
    },
    plugins: {
      DataStore: [
        { sql: { plugin_data: { database_type: 'sqlite3', connection_string: join(folder, 'datastore.sqlite3') } } },
      ],
      KeyManager: [{ memory: { plugin_data: {} } }],
      UpstreamAuthority: [entry(upstreamAuthority)],
      BundlePublisher: [entry(bundlePublishers.bucket)],
    },
  };
  writeFileSync(file, JSON.stringify(configuration));
  const variables = environmentOf(plugins).flatMap((one) => ('value' in one ? [`${one.name}=${one.value}`] : []));
  const credentials = ['AWS_ACCESS_KEY_ID=key', 'AWS_SECRET_ACCESS_KEY=secret', 'AWS_EC2_METADATA_DISABLED=true'];
  const command = ['env', ...credentials, ...variables, program, 'run', '-config', file];
  return Background.start('spire-server', join(folder, 'server.log'), command);
}

async function seen(
  program: string,
  folder: string,
  { moto, ca, server }: Scene & { readonly server: Background },
): Promise<string> {
  const mint = [program, 'x509', 'mint', '-socketPath', join(folder, 'api.sock'), '-spiffeID'];
  const chain = await waitFor(
    'an SVID below the CA of Secrets Manager',
    async () => {
      const ended = server.ended();
      if (ended !== undefined) throw new Error(ended);
      const { code, stdout, stderr } = await tryRun([...mint, `spiffe://${TRUST_DOMAIN}/proof`]);
      if (code !== 0) throw new Error(stderr);
      return stdout.split('Private key:')[0] ?? '';
    },
    { timeout: 60 },
  );
  const certificates = (chain.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const root = new X509Certificate(ca.root);
  const last = certificates.at(-1);
  if (last?.verify(root.publicKey) !== true) {
    throw new Error(
      `the chain of an SVID does not end below the root:\n${readFileSync(join(folder, 'server.log'), 'utf8')}`,
    );
  }
  const bundle = await waitFor('the bundle in the bucket', () => moto.read(BUCKET, OBJECT), { timeout: 60 });
  if (!bundle.includes(root.raw.toString('base64')))
    throw new Error(`the bundle in the bucket lacks the root: ${bundle}`);
  return `an SVID has a chain of ${certificates.length} certificates below the root, and the bundle in the bucket has that root`;
}
