/** The parts of a certificate that rules compare and messages show. */
import { X509Certificate } from 'node:crypto';
import { required } from '../../invariants/required';

/** The first line of a certificate in PEM. */
export const BEGIN = '-----BEGIN CERTIFICATE-----';

/** The certificates of a PEM text that was read before. */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  return pem
    .split(BEGIN)
    .slice(1)
    .map((block) => new X509Certificate(`${BEGIN}${block}`));
}

/** SHA-256 of the certificate, as openssl and browsers show it. */
export function fingerprint(certificate: X509Certificate): string {
  return certificate.fingerprint256;
}

/** The first eight bytes of a fingerprint, for a sentence. */
export function shortFingerprint(whole: string): string {
  return `${whole.slice(0, 23)}…`;
}

/** Trust domains a certificate names in its URI SANs; a root of a PKI that knows no SPIFFE names none. */
export function trustDomainsOf(certificate: X509Certificate): readonly string[] {
  return spiffeIdsOf(certificate).map((id) => required(id.split('/')[2], `the trust domain of ${id}`));
}

/** SPIFFE IDs, of trust domains or of workloads, in the URI SANs of a certificate. */
export function spiffeIdsOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/(?<=URI:)spiffe:\/\/[^,\s]+/g)].map(([id]) => id);
}
