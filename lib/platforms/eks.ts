/** Amazon EKS on nodes of its own AMIs. */
import type { Platform } from './platform';

export const eks = {
  name: 'eks',
  title: 'Amazon EKS',
  facts: {
    kubeletDirectory: { value: '/var/lib/kubelet', source: 'awslabs/amazon-eks-ami nodeadm kubelet/kubeconfig.go' },
    kubeletAddress: { value: 'hostIP', source: 'awslabs/amazon-eks-ami nodeadm kubelet/config.go' },
    kubeletVerification: { value: true, source: 'aws/amazon-eks-pod-identity-webhook#133' },
  },
  lacks: 'On Fargate no DaemonSet runs, so pods there get no SVID.',
  tried: false,
} as const satisfies Platform;
