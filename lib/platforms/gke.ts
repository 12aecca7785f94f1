/** Google Kubernetes Engine, Standard clusters. */
import type { Platform } from './platform';

export const gke = {
  name: 'gke',
  title: 'Google Kubernetes Engine',
  facts: {
    kubeletAddress: { value: 'hostIP', source: 'spiffe/spire#6146' },
  },
  lacks:
    'Pods of priority system-node-critical outside of kube-system need a ResourceQuota. Autopilot refuses the agent and the CSI driver.',
  tried: false,
} as const satisfies Platform;
