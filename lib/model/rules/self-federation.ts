/** Documents the rule against federations of a cluster with itself. */
import { documentRule } from './rule';

export const selfFederation = documentRule({
  code: 'self-federation',
  severity: 'error',
  looksFor: 'a cluster that is to federate with itself',
  why: 'a SPIRE server refuses a relationship with its own trust domain.',
  source: 'spire pkg/server/api/trustdomain/v1/service.go',
  example: { cluster: 'cluster1' },
});
