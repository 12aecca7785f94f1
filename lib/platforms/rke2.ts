/** RKE2. */
import type { Platform } from './platform';

export const rke2 = {
  name: 'rke2',
  title: 'RKE2',
  facts: {
    kubeletAddress: { value: 'hostIP', source: 'rancher/rke2-docs certificates.md' },
    kubeletVerification: { value: true, source: 'rancher/rke2-docs certificates.md' },
  },
  lacks: 'The profile cis refuses privileged pods outside of kube-system, unless their namespace says otherwise.',
  tried: false,
} as const satisfies Platform;
