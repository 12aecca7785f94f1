/** Finds SPIRE servers that would start in another namespace, without their data. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const serverMoved = defineRule({
  code: 'server-moved',
  severity: 'error',
  waivable: true,
  looksFor: "another layout of namespaces than the last synthesis wrote, which moves the server's StatefulSet",
  why: 'the volume with the keys of the CA and all entries stays in the old namespace. If the trust domain has a root, peers accept the new CA. If its bundle is pinned, every peer refuses it.',
  source: 'Kubernetes: a PersistentVolumeClaim belongs to one namespace',
  example: { from: 'spire-server', to: 'spire' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire }] of clusters) {
      const from = previous?.[name]?.serverNamespace;
      if (from === undefined || from === spire.serverNamespace) continue;
      find(setting(written, name, 'spire', 'namespaces').place, { from, to: spire.serverNamespace });
    }
  },
});
