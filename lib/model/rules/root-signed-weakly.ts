/** Documents the rule against roots that are signed in a way that is refused further down. */
import { documentRule } from './rule';

export const rootSignedWeakly = documentRule({
  code: 'root-signed-weakly',
  severity: 'error',
  waivable: true,
  looksFor: 'a root that is signed with SHA-1, MD5 or another hash that Go verifies no signature with',
  why: 'no verifier looks at the signature of a root, but a CA that signs so commonly signs its intermediates so too, and those are refused.',
  source: 'Go crypto/x509 x509.go, checkSignature: InsecureAlgorithmError',
  example: { file: 'trust/cluster1.demo.pem', algorithm: 'SHA-1' },
});
