/** Documents the rule against versions that cdk8s-spire does not support. */
import { documentRule } from './rule';

export const unsupportedVersion = documentRule({
  code: 'unsupported-version',
  severity: 'error',
  looksFor: 'a version of SPIRE, Istio or Kubernetes outside of the supported range',
  why: 'the configuration that is written is not valid for it.',
  source: 'lib/model/versions.ts',
  example: { component: 'SPIRE', got: '1.5.4', supported: '1.11.0 and later, before 1.16.0' },
});
