/** Finds SPIRE servers that would start in another namespace, without their data. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const serverMoved = defineRule({
  code: 'server-moved',
  severity: 'error',
  waivable: true,
  looksFor: "another layout of namespaces than the last synthesis wrote, which moves the server's StatefulSet",
  why: 'the volume stays behind with the keys of the CA and all entries; under a root the new CA is trusted, with a pinned bundle every peer refuses it.',
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
