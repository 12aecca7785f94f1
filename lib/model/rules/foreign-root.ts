/** Finds roots of another trust domain. */
import { trustDomainsOf } from '../trust/certificates';
import type { RootCandidate } from '../trust/root-certificates';
import { definePartRule } from './rule';

export const foreignRoot = definePartRule({
  code: 'foreign-root',
  severity: 'error',
  looksFor: 'a root certificate that names another trust domain',
  why: 'peers would accept SVIDs of that other trust domain as those of this one, such as after two root files were swapped.',
  source: 'SPIFFE X509-SVID, section 3',
  example: { file: 'trust/cluster1.demo.pem', belongsTo: 'cluster2.demo', trustDomain: 'cluster1.demo' },
  check: ({ certificate, root: { file, place, trustDomain } }: RootCandidate) => {
    const belongsTo = trustDomainsOf(certificate).find((named) => named !== trustDomain);
    return belongsTo === undefined ? undefined : { place, facts: { file, belongsTo, trustDomain } };
  },
});
