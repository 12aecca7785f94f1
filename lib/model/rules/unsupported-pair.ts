/** Finds clusters whose Istio does not run on their Kubernetes. */
import { setting } from '../settings';
import { isSupportedIstio, istioRunsOn, newestIstioFor, oldestKubernetesOf } from '../versions';
import { defineRule } from './rule';

export const unsupportedPair = defineRule({
  code: 'unsupported-pair',
  severity: 'error',
  looksFor: 'an Istio on a Kubernetes older than it supports',
  why: "istioctl refuses to install it, and where charts are applied anyway, sidecars are injected in a form that the nodes do not run: the proxy then starts without SPIRE's socket.",
  source: 'https://istio.io/latest/docs/releases/supported-releases/; istioctl pkg/k8sversion',
  example: {
    component: 'Istio',
    version: '1.31.4',
    other: 'Kubernetes',
    otherVersion: '1.30',
    supported: '1.32 and later; 1.28 is the newest that runs on 1.30',
  },
  check: ({ written, clusters }, find) => {
    for (const [name, { istio, kubernetes }] of clusters) {
      if (istio === undefined || !isSupportedIstio(istio.version) || istioRunsOn(istio.version, kubernetes)) continue;
      const [own, other] = [
        setting(written, name, 'versions', 'istio'),
        setting(written, name, 'versions', 'kubernetes'),
      ];
      find(own.value === undefined ? other.place : own.place, {
        component: 'Istio',
        version: istio.version,
        other: 'Kubernetes',
        otherVersion: kubernetes,
        supported: `${oldestKubernetesOf(istio.version)} and later; ${newestIstioFor(kubernetes)} is the newest that runs on ${kubernetes}`,
      });
    }
  },
});
