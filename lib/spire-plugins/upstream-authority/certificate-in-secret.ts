/** The failure of an authority that depends on a certificate in a Secret. */
import type { AuthorityFailure } from './upstream-authority';

/** @param secret name of a Secret of type kubernetes.io/tls */
export function certificateEnded(namespace: string, secret: string): AuthorityFailure {
  return {
    title: 'An intermediate CA has ended',
    signs: ['The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. When the certificate ends:'],
    shownBy: [
      `get secret -n ${namespace} ${secret} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -enddate`,
    ],
    logged: 'Unable to rotate X509 CA',
    remedy: [
      'Put a new certificate under the same root into the Secret, by its command under "Order of applying". The server reads it within two',
      'minutes and needs no restart. Where it cannot use the new one, it goes on with the old one and logs no reason; so run the commands',
      'above again. Agents attest anew by themselves.',
    ],
  };
}
