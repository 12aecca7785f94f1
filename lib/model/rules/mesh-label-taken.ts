/** Finds workloads whose pods carry the label of another identity. */
import { IDENTITY_LABEL, ISTIO, MESH_IDENTITY } from '../names';
import { defineRule } from './rule';

export const meshLabelTaken = defineRule({
  code: 'mesh-label-taken',
  severity: 'error',
  looksFor:
    'pods.labels with the identity label of the gateway, or with that of pods which no workload of the fleet selects',
  why: 'the pods would get two identities: that of the workload, and that of the gateway or of the rest of the mesh.',
  source: 'lib/model/names.ts IDENTITY_LABEL',
  example: { label: 'spiffe.io/spire-managed-identity', value: 'true' },
  check: ({ workloads }, find) => {
    for (const { kind, written, place } of workloads) {
      if (kind === 'partner') continue;
      const value = written.pods?.labels[IDENTITY_LABEL];
      if (value !== MESH_IDENTITY && value !== ISTIO.gateway) continue;
      find([...place, 'pods', 'labels', IDENTITY_LABEL], { label: IDENTITY_LABEL, value });
    }
  },
});
