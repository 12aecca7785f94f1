/** Documents the rule against files that hold one root twice. */
import { documentRule } from './rule';

export const rootTwice = documentRule({
  code: 'root-twice',
  severity: 'error',
  looksFor: 'a root file that holds the same certificate twice',
  why: 'whoever rotates a root takes two certificates for the old and the new one; peers get one root, and refuse every SVID under the one that is missing.',
  source: 'spire pkg/common/x509util DedupeCertificates',
  example: { file: 'trust/cluster1.demo.pem', fingerprint: '5B:21:…' },
});
