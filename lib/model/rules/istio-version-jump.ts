/** Finds upgrades of Istio that skip a minor version. */
import { minor } from 'semver';
import { setting } from '../settings';
import { isSupportedIstio } from '../versions';
import { defineRule } from './rule';

export const istioVersionJump = defineRule({
  code: 'istio-version-jump',
  severity: 'error',
  waivable: true,
  looksFor: 'an Istio more than one minor version above the last synthesis',
  why: 'an in-place upgrade of Istio must go through each minor version. istiod may be at most one minor version ahead of the proxies that have not restarted yet.',
  source:
    'https://istio.io/latest/docs/setup/upgrade/in-place/; https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew',
  example: { from: '1.29.2', to: '1.31.4', via: 'a 1.30 version' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { istio }] of clusters) {
      const from = previous?.[name]?.istio;
      if (from === undefined || istio === undefined || !isSupportedIstio(istio.version)) continue;
      if (minor(istio.version) - minor(from) <= 1) continue;
      const via = `a 1.${minor(from) + 1} version`;
      find(setting(written, name, 'versions', 'istio').place, { from, to: istio.version, via });
    }
  },
});
