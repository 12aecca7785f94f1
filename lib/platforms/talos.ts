/** Talos Linux. */
import type { Platform } from './platform';

export const talos = {
  name: 'talos',
  title: 'Talos Linux',
  facts: {
    kubeletDirectory: {
      value: '/var/lib/kubelet',
      source: 'siderolabs/talos pkg/machinery/constants/constants.go KubeletPKIDir',
    },
    apiServerPorts: {
      value: [6443],
      source: 'siderolabs/talos pkg/machinery/constants/constants.go DefaultControlPlanePort',
    },
    dnsPorts: {
      value: [53],
      source: 'siderolabs/talos internal/app/machined/pkg/controllers/k8s/internal/k8stemplates/coredns.go',
    },
  },
  // With these two, the certificates are as on the default platform (siderolabs/docs deploy-metrics-server.mdx).
  lacks:
    'Kubelets have self-signed certificates, unless the machine configuration sets rotate-server-certificates and something approves their requests; agents verify no other.',
  tried: false,
} as const satisfies Platform;
