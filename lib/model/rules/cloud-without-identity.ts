/** Finds plugins that call a cloud where the fleet gives the SPIRE server no credentials. */
import { cloudName, exampleSettings } from '../../cloud-identity/catalog';
import { KEY_MANAGERS } from '../../spire-plugins/key-manager/catalog';
import { placedPlugins } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const cloudWithoutIdentity = defineRule({
  code: 'cloud-without-identity',
  severity: 'warning',
  waivable: true,
  looksFor: 'a plugin that calls a cloud, on a SPIRE server without an identity in that cloud',
  why: 'the plugin then uses what the SDK of the cloud finds, such as credentials of the node, which every pod of the node can use. Where it finds none, the server does not start, or does not publish its bundle.',
  source:
    'spire doc/plugin_server_keymanager_aws_kms.md, _gcp_kms.md and _azure_key_vault.md, and those of the UpstreamAuthority plugins of clouds, on credentials',
  example: { plugin: String(KEY_MANAGERS[0]?.key), cloud: 'AWS', key: 'aws', example: exampleSettings('aws') },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      for (const { plan, place } of placedPlugins(written, name, plugins)) {
        const { cloud } = plan;
        if (cloud === undefined || cloud === spire.server.cloudIdentity?.cloud) continue;
        const facts = { plugin: String(place.at(-1)), cloud: cloudName(cloud), key: cloud };
        find(place, { ...facts, example: exampleSettings(cloud) }, { atKey: true });
      }
    }
  },
});
