/** kind, clusters in containers for development. */
import type { Platform } from './platform';

export const kind = {
  name: 'kind',
  title: 'kind',
  facts: {
    // kubeadm leaves kubelets with self-signed certificates, and kind turns on no bootstrap of others.
    kubeletVerification: { value: false, source: 'kubernetes/kubeadm#1602' },
    apiServerPorts: { value: [6443], source: 'kubernetes-sigs/kind pkg/cluster/constants' },
  },
  tried: false,
} as const satisfies Platform;
