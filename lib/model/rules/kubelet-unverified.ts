/** Finds clusters whose agents do not verify the certificates of kubelets. */
import { platformPlace } from '../cluster/resolve-platform';
import { defineRule } from './rule';

export const kubeletUnverified = defineRule({
  code: 'kubelet-unverified',
  severity: 'warning',
  waivable: true,
  looksFor: 'kubelet: { verification: false }, or a platform whose kubelets have self-signed certificates',
  why: 'an agent asks the kubelet which pod a process belongs to. Without verification, somebody on the network of the nodes can answer in its place and get identities of other pods.',
  source: 'spire doc/plugin_agent_workloadattestor_k8s.md skip_kubelet_verification',
  example: {},
  check: ({ clusters, written: fleet }, find) => {
    for (const [name, { written, kubelet }] of clusters) {
      if (kubelet.verification) continue;
      if (written.kubelet?.verification === false) find(['clusters', name, 'kubelet', 'verification'], {});
      else find(platformPlace(fleet, name), { platform: written.platform ?? fleet.platform });
    }
  },
});
