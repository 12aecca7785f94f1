/** Finds roots with a signature of a weak hash. */
import type { RootCandidate } from '../trust/root-certificates';
import { weakSignatureOf } from '../trust/signing-limits';
import { definePartRule } from './rule';

export const rootSignedWeakly = definePartRule({
  code: 'root-signed-weakly',
  severity: 'error',
  waivable: true,
  looksFor: 'a root that is signed with SHA-1, MD5 or another hash that Go does not accept',
  why: 'nobody verifies the signature of a root itself. A CA that signs its root with such a hash usually signs its intermediates with it too, and Go refuses those.',
  source: 'Go crypto/x509 x509.go, checkSignature: InsecureAlgorithmError',
  example: { file: 'trust/cluster1.demo.pem', algorithm: 'SHA-1' },
  check: ({ certificate, root: { file, place } }: RootCandidate) => {
    const algorithm = weakSignatureOf(certificate);
    return algorithm === undefined ? undefined : { place, facts: { file, algorithm } };
  },
});
