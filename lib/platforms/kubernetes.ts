/** Kubernetes of any kind: the ports of most, and kubelets with certificates of the cluster's CA. */
import type { Platform, PlatformFacts } from './platform';

export const kubernetes = {
  name: 'kubernetes',
  title: 'Kubernetes',
  facts: {
    kubeletDirectory: { value: '/var/lib/kubelet', source: 'kubelet --root-dir' },
    kubeletAddress: { value: 'hostIP', source: 'kubernetes pkg/kubelet/certificate/kubelet.go' },
    // Unverified kubelets could be impersonated: a person has to ask for that.
    kubeletVerification: { value: true, source: 'spire doc/plugin_agent_workloadattestor_k8s.md' },
    // Of managed clusters, and of kubeadm's.
    apiServerPorts: { value: [443, 6443], source: 'kubeadm bindPort; 443 as managed API servers have it' },
    // CoreDNS as most have it, as OpenShift, and as Gardener has it: policies are held against the pod's port, not the Service's.
    dnsPorts: {
      value: [53, 5353, 8053],
      source: 'openshift/cluster-dns-operator daemonset.yaml; gardener NetworkPolicy gardener.cloud--allow-to-dns',
    },
  },
  tried: true,
} as const satisfies Platform & { readonly facts: PlatformFacts };
