/** OpenShift. */
import type { Platform } from './platform';

export const openshift = {
  name: 'openshift',
  title: 'OpenShift',
  facts: {
    kubeletDirectory: {
      value: '/var/lib/kubelet',
      source: 'openshift/zero-trust-workload-identity-manager spiffe-csi-driver',
    },
    kubeletAddress: { value: 'nodeName', source: 'openshift/zero-trust-workload-identity-manager constants.go' },
    apiServerPorts: { value: [6443], source: 'openshift/enhancements#1856' },
    dnsPorts: { value: [5353], source: 'openshift/cluster-dns-operator assets/dns/daemonset.yaml' },
  },
  lacks:
    'SecurityContextConstraints and the SELinux label of the socket folder are not written, and kubelets have a CA of their own, /etc/kubernetes/kubelet-ca.crt, which agents do not read.',
  tried: false,
} as const satisfies Platform;
