/** Checks a key for X.509-SVIDs in a SPIFFE bundle: its certificate, the certificate's key, and the trust domain. */
import type { X509Certificate } from 'node:crypto';
import { type BundleKey, readKey } from './bundle-jwk';
import { spiffeIdsOf, trustDomainsOf } from './certificates';
import { signingFlawOf } from './signing-limits';

/** The certificate of a valid key, which may have expired, or why the key is invalid. */
export type Verdict =
  | { readonly reason: string }
  | { readonly certificate: X509Certificate; readonly expired: boolean };

/** Returns the flaw of a key for X.509-SVIDs, or the certificate of a valid one. */
export function checkBundleKey(key: BundleKey, trustDomain: string, now: Date | undefined): Verdict {
  const count = key.x5c?.length ?? 0;
  if (count !== 1) {
    return { reason: `a key for X.509-SVIDs has ${count} certificates in x5c, instead of one` };
  }
  const read = readKey(key);
  if ('reason' in read) return read;
  const certificate = read.certificates[0] as X509Certificate;
  if (!certificate.ca) {
    return { reason: 'a certificate in it is not a CA' };
  }
  const foreign = trustDomainsOf(certificate).find((named) => named !== trustDomain);
  if (foreign !== undefined) {
    return { reason: `it belongs to ${JSON.stringify(foreign)}, not to ${JSON.stringify(trustDomain)}` };
  }
  const path = spiffeIdsOf(certificate).find((id) => !/^spiffe:\/\/[^/]+$/.test(id));
  if (path !== undefined) {
    return { reason: `a certificate in it names ${path}, which is a workload, not a trust domain` };
  }
  const signing = signingFlawOf(certificate, { trustDomain });
  if (signing !== undefined) {
    return { reason: `no SVID below a certificate in it would verify: ${signing.flaw}` };
  }
  return { certificate, expired: now !== undefined && new Date(certificate.validTo) <= now };
}
