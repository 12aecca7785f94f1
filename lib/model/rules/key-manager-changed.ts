/** Finds servers whose volume is new or gone because of another key manager. */
import { DEFAULT_DATASTORE } from '../../spire-plugins/datastore/catalog';
import { DEFAULT_KEY_MANAGER } from '../../spire-plugins/key-manager/catalog';
import { needsVolume, type ServerPlugins } from '../../spire-plugins/server-plugins';
import type { PreviousCluster } from '../previous-fleet';
import { serverSetting } from '../settings';
import type { ResolvedServerSettings } from '../spire/resolved-spire';
import { defineRule } from './rule';

export const keyManagerChanged = defineRule({
  code: 'key-manager-changed',
  severity: 'error',
  waivable: true,
  looksFor:
    'another key manager than the last synthesis wrote for the cluster, with which the volume of the server is new or gone, unless formerKeyManager or formerDatastore names the plugin before',
  why: 'the claim templates of a StatefulSet are immutable. The apply fails, and with it every other change in the same layer.',
  source: 'Kubernetes apps/v1 StatefulSet volumeClaimTemplates',
  example: { from: DEFAULT_KEY_MANAGER.key, to: 'another one', volume: 'gone' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const before = previous?.[name];
      const hasVolume = needsVolume(plugins);
      if (before === undefined || before.serverNamespace !== spire.serverNamespace) continue;
      if ((before.storage !== undefined) === hasVolume || isExplained(before, spire.server, plugins)) continue;
      find(serverSetting(written, name, 'keyManager').place, {
        from: before.keyManager ?? DEFAULT_KEY_MANAGER.key,
        to: plugins.keys.keyManager,
        volume: hasVolume ? 'new' : 'gone',
      });
    }
  },
});

/** Whether the fleet declares the move, or another datastore is the cause, for which there is a rule of its own. */
function isExplained(before: PreviousCluster, server: ResolvedServerSettings, { keys }: ServerPlugins): boolean {
  const { formerDatastore, formerKeyManager } = server;
  const isOtherDatastore = (before.datastore ?? DEFAULT_DATASTORE.key) !== keys.datastore;
  return isOtherDatastore || formerDatastore !== undefined || formerKeyManager !== undefined;
}
