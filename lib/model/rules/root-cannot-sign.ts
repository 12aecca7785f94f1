/** Finds roots under which no SVID verifies. */
import type { RootCandidate } from '../trust/root-certificates';
import { definePartRule } from './rule';

export const rootCannotSign = definePartRule({
  code: 'root-cannot-sign',
  severity: 'error',
  looksFor:
    'a root under which no SVID verifies, because of its key, its extensions, its name constraints or its path length',
  why: 'the SPIRE server refuses its own CA and does not start, or it starts and everybody refuses its SVIDs.',
  source:
    'spire pkg/server/ca/validation.go validateX509CA and plugin/upstreamauthority/disk; Go crypto/x509 verify.go; go-jose jwk.go ecPublicKey; BoringSSL x509/v3_purp.cc and v3_ncons.cc',
  example: {
    file: 'trust/cluster1.demo.pem',
    flaw: 'its key is on the curve P-224; verifiers and bundles support only P-256, P-384 and P-521',
    remedy: 'use a root with an EC key on P-256 or P-384, or an RSA key of at least 2048 bits',
  },
  // trust/signing-limits.ts has the limits of each verifier.
  check: ({ root: { file, place }, signing }: RootCandidate) =>
    signing && { place, facts: { file, flaw: signing.flaw, remedy: signing.remedy } },
});
