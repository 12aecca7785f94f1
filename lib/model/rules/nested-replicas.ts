/** Finds nested SPIRE servers of which several pods would run. */
import { serverSetting } from '../settings';
import { mostServers } from '../spire/server-settings';
import { defineRule } from './rule';

export const nestedReplicas = defineRule({
  code: 'nested-replicas',
  severity: 'error',
  looksFor: 'a nested cluster with several servers',
  why: 'the agents beside the servers attest with one certificate, so they are one agent to the server above: each attestation ends the SVID of the others, every few seconds.',
  source: 'seen with SPIRE 1.15.3: two agents with one x509pop certificate; pkg/server/plugin/nodeattestor/x509pop',
  example: { cluster: 'below', replicas: 3, key: 'replicas' },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, nesting }] of clusters) {
      const replicas = mostServers(spire.server);
      if (nesting.upstream === undefined || replicas === 1) continue;
      const key = spire.server.autoscaling === undefined ? 'replicas' : 'autoscaling';
      find(serverSetting(written, name, key).place, { cluster: name, replicas, key });
    }
  },
});
