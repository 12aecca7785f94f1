/** Finds changes of the server's volume that Kubernetes refuses. */
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
    for (const [name, { spire }] of clusters) {
      const before = previous?.[name];
      if (before === undefined || before.serverNamespace !== spire.serverNamespace) continue;
      const [from, to] = [describe(before.storage), describe(spire.storage)];
      if (from !== to) find(setting(written, name, 'spire', 'storage').place, { from, to });
    }
  },
});

function describe({ size, storageClass }: { readonly size: string; readonly storageClass?: string }): string {
  return storageClass === undefined ? size : `${size} of class ${storageClass}`;
}
