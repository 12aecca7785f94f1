/** Documents the rule against roots of another trust domain. */
import { documentRule } from './rule';

export const foreignRoot = documentRule({
  code: 'foreign-root',
  severity: 'error',
  looksFor: 'a root or bundle that names another trust domain',
  why: 'the peer would trust somebody else; the swapped ca.crt files of the walkthrough are of this kind.',
  source: 'SPIFFE X509-SVID, section 3',
  example: { file: 'trust/cluster1.demo.pem', belongsTo: 'cluster2.demo', trustDomain: 'cluster1.demo' },
});
