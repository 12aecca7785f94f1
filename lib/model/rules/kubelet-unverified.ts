/** Finds clusters whose agents believe any kubelet. */
import { defineRule } from './rule';

export const kubeletUnverified = defineRule({
  code: 'kubelet-unverified',
  severity: 'warning',
  waivable: true,
  looksFor: 'kubelet: { verification: false }',
  why: 'an agent asks the kubelet which pod a process belongs to; one that is not verified can be impersonated on the node network, and pods get the identities of others.',
  source: 'spire doc/plugin_agent_workloadattestor_k8s.md skip_kubelet_verification',
  example: {},
  check: ({ clusters }, find) => {
    for (const [name, { written }] of clusters) {
      if (written.kubelet?.verification === false) find(['clusters', name, 'kubelet', 'verification'], {});
    }
  },
});
