/** Finds changes of the server's volume that Kubernetes refuses. */
import { needsVolume } from '../../spire-plugins/server-plugins';
import type { PreviousCluster } from '../previous-fleet';
import { setting } from '../settings';
import { defineRule } from './rule';

export const volumeChanged = defineRule({
  code: 'volume-changed',
  severity: 'error',
  waivable: true,
  looksFor: 'another size or StorageClass than the last synthesis wrote',
  why: 'the claim templates of a StatefulSet are immutable. The apply fails, and with it every other change in the same layer.',
  source: 'Kubernetes apps/v1 StatefulSet volumeClaimTemplates',
  example: { from: '1Gi', to: '5Gi' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const before = previous?.[name];
      if (before === undefined || before.serverNamespace !== spire.serverNamespace) continue;
      // Whether there is a volume depends on the plugins, which rules of their own compare.
      if (before.storage === undefined || !needsVolume(plugins)) continue;
      const [from, to] = [describe(before.storage), describe(spire.storage)];
      if (from !== to) find(setting(written, name, 'spire', 'storage').place, { from, to });
    }
  },
});

function describe({ size, storageClass }: NonNullable<PreviousCluster['storage']>): string {
  return storageClass === undefined ? size : `${size} of class ${storageClass}`;
}
