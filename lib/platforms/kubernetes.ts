/** Kubernetes of any kind: the ports of most, and kubelets with certificates of the cluster's CA. */
import type { Platform, PlatformFacts } from './platform';

export const kubernetes = {
  name: 'kubernetes',
  title: 'Kubernetes',
  facts: {
    kubeletDirectory: {
      value: '/var/lib/kubelet',
      source: 'kubernetes cmd/kubelet/app/options/options.go defaultRootDir',
    },
    // A certificate that the cluster's CA signed is for all addresses of the node.
    kubeletAddress: {
      value: 'hostIP',
      source: 'kubernetes pkg/kubelet/certificate/kubelet.go addressesToHostnamesAndIPs',
    },
    // Unverified kubelets could be impersonated: a person has to ask for that.
    kubeletVerification: {
      value: true,
      source: 'spire doc/plugin_agent_workloadattestor_k8s.md skip_kubelet_verification',
    },
    // Of managed clusters such as EKS, and of those that kubeadm makes.
    apiServerPorts: {
      value: [443, 6443],
      source:
        '443: awsdocs/amazon-eks-user-guide sec-group-reqs.adoc; 6443: kubernetes cmd/kubeadm/app/constants/constants.go KubeAPIServerPort',
    },
    // Of kubeadm, OpenShift and Gardener. NetworkPolicies are enforced on the port of the pod, not on that of the Service.
    dnsPorts: {
      value: [53, 5353, 8053],
      source:
        '53: kubernetes cmd/kubeadm/app/phases/addons/dns/manifests.go; 5353: openshift/cluster-dns-operator assets/dns/daemonset.yaml; 8053: gardener/gardener pkg/component/networking/coredns/constants/constants.go',
    },
  },
  tried: true,
} as const satisfies Platform & { readonly facts: PlatformFacts };
