/** Azure Kubernetes Service on node pools whose kubelets have certificates of the cluster's CA. */
import type { Platform } from './platform';

export const aks = {
  name: 'aks',
  title: 'Azure Kubernetes Service',
  facts: {
    kubeletDirectory: { value: '/var/lib/kubelet', source: 'Azure/AgentBaker' },
    kubeletAddress: { value: 'hostIP', source: 'Azure/AgentBaker cse_config.sh' },
    kubeletVerification: { value: true, source: 'Azure/AgentBaker cse_config.sh' },
  },
  lacks:
    'Node pools without the label kubernetes.azure.com/kubelet-serving-ca=cluster have self-signed kubelets. Clusters of the kind Automatic refuse the agent and the CSI driver.',
  tried: false,
} as const satisfies Platform;
