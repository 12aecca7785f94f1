/** Finds clusters whose Istio does not run on their Kubernetes. */
import { setting } from '../settings';
import { isSupportedIstio, istioRunsOn, newestIstioFor, oldestKubernetesOf } from '../versions';
import { defineRule } from './rule';

export const unsupportedPair = defineRule({
  code: 'unsupported-pair',
  severity: 'error',
  looksFor: 'an Istio on a Kubernetes older than it supports',
  why: "istioctl refuses to install it. If its charts are applied anyway, sidecars are injected in a form that the nodes do not support, and the proxy starts without SPIRE's socket.",
  source: 'https://istio.io/latest/docs/releases/supported-releases/; istioctl pkg/k8sversion',
  example: { istio: '1.31.4', kubernetes: '1.30', oldestKubernetes: '1.32', newestIstio: '1.28' },
  check: ({ written, clusters }, find) => {
    for (const [name, { istio, kubernetes }] of clusters) {
      if (istio === undefined || !isSupportedIstio(istio.version) || istioRunsOn(istio.version, kubernetes)) continue;
      const [own, other] = [
        setting(written, name, 'versions', 'istio'),
        setting(written, name, 'versions', 'kubernetes'),
      ];
      find(own.value === undefined ? other.place : own.place, {
        istio: istio.version,
        kubernetes,
        oldestKubernetes: oldestKubernetesOf(istio.version),
        newestIstio: newestIstioFor(kubernetes),
      });
    }
  },
});
