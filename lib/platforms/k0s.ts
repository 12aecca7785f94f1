/** k0s. */
import type { Platform } from './platform';

export const k0s = {
  name: 'k0s',
  title: 'k0s',
  facts: {
    kubeletDirectory: { value: '/var/lib/k0s/kubelet', source: 'k0sproject/k0s pkg/config/cfgvars.go' },
    kubeletAddress: { value: 'hostIP', source: 'k0sproject/k0s csrapprover.go' },
    kubeletVerification: { value: true, source: 'k0sproject/k0s csrapprover.go' },
    apiServerPorts: { value: [6443], source: 'k0sproject/k0s pkg/apis/k0s/v1beta1/api.go' },
  },
  tried: false,
} as const satisfies Platform;
