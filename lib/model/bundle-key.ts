/** Judges one key of a SPIFFE bundle: its certificate, whose key it is, and which trust domain it speaks for. */
import { createPublicKey, type JsonWebKey, X509Certificate } from 'node:crypto';
import { spiffeIdsOf, trustDomainsOf } from './root-certificates';

/** A key of a bundle, as JSON has it. */
export interface BundleKey extends JsonWebKey {
  readonly use?: unknown;
  readonly x5c?: unknown;
  readonly kid?: unknown;
}

export type Verdict =
  | { readonly reason: string }
  | { readonly certificate: X509Certificate; readonly expired: boolean };

/** What is wrong with a key for X.509-SVIDs, or its certificate. */
export function checkBundleKey(key: BundleKey, trustDomain: string, now: Date): Verdict {
  const chain = key.x5c;
  if (!Array.isArray(chain) || chain.length !== 1 || typeof chain[0] !== 'string') {
    const count = Array.isArray(chain) ? chain.length : 0;
    return { reason: `a key for X.509-SVIDs has ${count} certificates in x5c, and needs exactly one certificate` };
  }
  const certificate = parseDer(chain[0]);
  if (certificate === undefined) {
    return { reason: 'a certificate in it cannot be decoded' };
  }
  if (!isKeyOf(key, certificate)) {
    return { reason: 'a key differs from the one in its certificate' };
  }
  if (!certificate.ca) {
    return { reason: 'a certificate in it is no CA' };
  }
  const foreign = trustDomainsOf(certificate).find((named) => named !== trustDomain);
  if (foreign !== undefined) {
    return { reason: `it belongs to ${JSON.stringify(foreign)}, not to ${JSON.stringify(trustDomain)}` };
  }
  const path = spiffeIdsOf(certificate).find((id) => !/^spiffe:\/\/[^/]+$/.test(id));
  if (path !== undefined) {
    return { reason: `a certificate in it names ${path}, which is a workload and no trust domain` };
  }
  return { certificate, expired: new Date(certificate.validTo) <= now };
}

function isKeyOf(key: BundleKey, certificate: X509Certificate): boolean {
  try {
    return createPublicKey({ key, format: 'jwk' }).equals(certificate.publicKey);
  } catch {
    return false;
  }
}

function parseDer(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}
