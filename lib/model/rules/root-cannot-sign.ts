/** Documents the rule against roots under which no SVID verifies. */
import { documentRule } from './rule';

export const rootCannotSign = documentRule({
  code: 'root-cannot-sign',
  severity: 'error',
  looksFor:
    'a root whose key, extensions, extended key usages, name constraints or path length keep the SVIDs below it from being accepted',
  why: 'the server refuses its own CA at its start, or starts and every SVID is refused.',
  source:
    'spire pkg/server/ca/validation.go validateX509CA and plugin/upstreamauthority/disk; Go crypto/x509 verify.go; go-jose jwk.go ecPublicKey; BoringSSL x509/v3_purp.cc and v3_ncons.cc',
  example: {
    file: 'trust/cluster1.demo.pem',
    flaw: 'its key is on the curve P-224; verifiers and bundles know P-256, P-384 and P-521',
    remedy: 'take a root with a key on P-256 or P-384, or with RSA of 2048 bits or more',
  },
});
