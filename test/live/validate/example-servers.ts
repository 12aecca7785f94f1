/** A SPIRE server for each member of each family of plugins, with each of its settings. */
import { BUNDLE_PUBLISHERS } from '../../../lib/spire-plugins/bundle-publisher/catalog';
import type { NamedPlugin } from '../../../lib/spire-plugins/by-name/server-plugin';
import { DATASTORES } from '../../../lib/spire-plugins/datastore/catalog';
import { KEY_MANAGERS } from '../../../lib/spire-plugins/key-manager/catalog';
import type { ChoosablePlugin } from '../../../lib/spire-plugins/plugin';
import type { ServerFacts } from '../../../lib/spire-plugins/server-facts';
import { type ChosenFamily, planServerPlugins, type ServerPlugins } from '../../../lib/spire-plugins/server-plugins';
import { UPSTREAM_AUTHORITIES } from '../../../lib/spire-plugins/upstream-authority/catalog';
import { exampleSettings } from './example-settings';

export interface ExampleServer {
  /** Family and member. */
  readonly member: string;
  /** The settings of the member in JSON. */
  readonly settings: string;
  readonly plugins: ServerPlugins;
}

/** Families of which a fleet chooses a member. */
export const FAMILIES = {
  datastore: DATASTORES,
  keyManager: KEY_MANAGERS,
  upstreamAuthority: UPSTREAM_AUTHORITIES,
} as const satisfies { readonly [Family in ChosenFamily]: readonly ChoosablePlugin[] };

/** @param pem certificates for all files */
export function exampleServers(pem: string): readonly ExampleServer[] {
  const server: ServerFacts = {
    cluster: 'east',
    trustDomain: 'east.test',
    namespace: 'spire-server',
    serviceAccount: 'spire-server',
    replicas: 3,
    agents: { namespace: 'spire-system', serviceAccount: 'spire-agent' },
    caTtl: '168h',
    root: { pem, annotations: {} },
  };
  const chosen = Object.entries(FAMILIES).flatMap(([family, members]) =>
    members.flatMap((member) => serversOf(family, member, { server, pem })),
  );
  const upstream = { cluster: 'upper', address: '192.0.2.1', port: 8081, secret: 'upstream-certificate' };
  const nested = planServerPlugins({}, { ...server, upstream, nestedRootPem: pem });
  return [
    ...chosen,
    ...publishersOf(server),
    ...namedOf(server),
    { member: 'nested server', settings: '{}', plugins: nested },
  ];
}

/** Plugins by name, with data of each of the types that YAML has, and with a map of several maps. */
const NAMED: readonly NamedPlugin[] = [
  { type: 'CredentialComposer', name: 'uniqueid' },
  { type: 'Notifier', name: 'gcs_bundle', data: { bucket: 'bundles', object_path: 'east' } },
  {
    type: 'NodeAttestor',
    name: 'gcp_iit',
    data: { projectid_allow_list: ['shop'], use_instance_metadata: true, max_metadata_value_size: 256 },
  },
  {
    type: 'NodeAttestor',
    name: 'azure_msi',
    data: {
      tenants: {
        '11111111-2222-3333-4444-555555555555': { app_id: 'a', app_secret: '$AZURE_SECRET', subscription_id: 's' },
        '22222222-2222-3333-4444-555555555555': { app_id: 'a', app_secret: '$AZURE_SECRET', subscription_id: 's' },
      },
    },
    environment: { AZURE_SECRET: { secret: 'azure', key: 'secret' } },
  },
  {
    type: 'UpstreamAuthority',
    name: 'awssecret',
    data: { region: 'eu-west-1', cert_file_arn: 'a', key_file_arn: 'b' },
  },
];

function namedOf(server: ServerFacts): readonly ExampleServer[] {
  return NAMED.map((plugin) => ({
    member: `plugin by name ${plugin.name}`,
    settings: JSON.stringify(plugin.data ?? {}),
    plugins: planServerPlugins({ otherPlugins: [plugin] }, server),
  }));
}

function publishersOf(server: ServerFacts): readonly ExampleServer[] {
  return BUNDLE_PUBLISHERS.flatMap(({ key, settings }) =>
    exampleSettings(settings).map((written) => ({
      member: `bundle publisher ${key}`,
      settings: JSON.stringify(written),
      plugins: planServerPlugins({ bundlePublishers: { example: { key, settings: settings.parse(written) } } }, server),
    })),
  );
}

interface Surroundings {
  readonly server: ServerFacts;
  readonly pem: string;
}

function serversOf(
  family: string,
  { key, settings, files }: ChoosablePlugin,
  { server, pem }: Surroundings,
): readonly ExampleServer[] {
  return exampleSettings(settings).map((written) => {
    const read = settings.parse(written);
    const texts = Object.fromEntries((files?.(read) ?? []).map(({ path }) => [path, pem]));
    const plugins = planServerPlugins({ [family]: { key, settings: read } }, { ...server, files: texts });
    return { member: `${family} ${key}`, settings: JSON.stringify(written), plugins };
  });
}
