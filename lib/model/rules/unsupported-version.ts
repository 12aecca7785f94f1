/** Finds versions that cdk8s-spire does not support. */
import { setting } from '../settings';
import { isSupportedIstio, isSupportedKubernetes, isSupportedSpire, SUPPORTED } from '../versions';
import { defineRule } from './rule';

export const unsupportedVersion = defineRule({
  code: 'unsupported-version',
  severity: 'error',
  looksFor: 'a version of SPIRE, Istio or Kubernetes outside of the supported range',
  why: 'the configuration in the output is not valid for that version.',
  source: 'lib/model/versions.ts',
  example: { component: 'SPIRE', got: '1.5.4', supported: '1.11.0 and later, before 1.16.0' },
  check: ({ written, clusters }, find) => {
    for (const [name, { istio }] of clusters) {
      for (const { key, component, supported, isSupported } of COMPONENTS) {
        const { value: got, place } = setting(written, name, 'versions', key);
        // A cluster without Istio has no version of it.
        if (got === undefined || (key === 'istio' && istio === undefined)) continue;
        if (!isSupported(got)) find(place, { component, got, supported });
      }
    }
  },
});

const COMPONENTS = [
  { key: 'kubernetes', component: 'Kubernetes', supported: SUPPORTED.kubernetes, isSupported: isSupportedKubernetes },
  { key: 'spire', component: 'SPIRE', supported: SUPPORTED.spire, isSupported: isSupportedSpire },
  { key: 'agent', component: 'SPIRE agent', supported: SUPPORTED.spire, isSupported: isSupportedSpire },
  { key: 'istio', component: 'Istio', supported: SUPPORTED.istio, isSupported: isSupportedIstio },
] as const;
