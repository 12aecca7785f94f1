/** Finds downgrades of Istio to an older minor version. */
import { minor } from 'semver';
import { setting } from '../settings';
import { isSupportedIstio } from '../versions';
import { defineRule } from './rule';

export const istioDowngrade = defineRule({
  code: 'istio-downgrade',
  severity: 'error',
  waivable: true,
  looksFor:
    'an Istio of an earlier minor version than the last synthesis: an error for more than one minor version, a warning for one',
  why: 'Istio can go back by only one minor version at a time. Until its pods restart, proxies are newer than istiod, which Istio does not support.',
  source:
    'https://istio.io/latest/docs/setup/upgrade/in-place/#downgrade-prerequisites; https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew',
  example: { from: '1.31.4', to: '1.29.2', via: 'a 1.30 version' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { istio }] of clusters) {
      const from = previous?.[name]?.istio;
      if (from === undefined || istio === undefined || !isSupportedIstio(istio.version)) continue;
      const steps = minor(from) - minor(istio.version);
      if (steps <= 0) continue;
      const { place } = setting(written, name, 'versions', 'istio');
      const facts = { from, to: istio.version };
      if (steps === 1) find(place, facts, { severity: 'warning' });
      else find(place, { ...facts, via: `a 1.${minor(from) - 1} version` });
    }
  },
});
