/** k3s. */
import type { Platform } from './platform';

export const k3s = {
  name: 'k3s',
  title: 'k3s',
  facts: {
    kubeletDirectory: { value: '/var/lib/kubelet', source: 'k3s-io/k3s#840' },
    kubeletAddress: { value: 'hostIP', source: 'k3s-io/k3s pkg/server/handlers' },
    kubeletVerification: { value: true, source: 'k3s-io/k3s pkg/server/handlers' },
    apiServerPorts: { value: [6443], source: 'k3s server --https-listen-port' },
  },
  lacks:
    'The folders of its CNI plugins are elsewhere than Istio looks for them, so istio.cni needs values of your own.',
  tried: false,
} as const satisfies Platform;
