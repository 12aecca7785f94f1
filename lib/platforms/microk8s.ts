/** MicroK8s. */
import type { Platform } from './platform';

export const microk8s = {
  name: 'microk8s',
  title: 'MicroK8s',
  facts: {
    kubeletDirectory: {
      value: '/var/snap/microk8s/common/var/lib/kubelet',
      source: 'canonical/microk8s microk8s-resources/default-args/kubelet',
    },
    kubeletAddress: { value: 'hostIP', source: 'canonical/microk8s utils.sh' },
    kubeletVerification: { value: true, source: 'canonical/microk8s utils.sh' },
    apiServerPorts: { value: [16443], source: 'canonical/microk8s microk8s-resources/default-args/kube-apiserver' },
  },
  lacks:
    'It has no StorageClass without its addon, and the folders of its CNI plugins are elsewhere than Istio looks for them.',
  tried: false,
} as const satisfies Platform;
