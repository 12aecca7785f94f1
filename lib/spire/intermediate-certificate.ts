/** The intermediate CA of a SPIRE server, which cert-manager issues and renews. */
import { Construct } from 'constructs';
import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
  CertificateSpecUsages,
} from '../../imports/cert-manager.io';
import { goDuration } from '../formats/duration';
import { objectLabels, SPIRE_SERVER } from '../model/names';
import type { IntermediateCertificate as Planned } from '../spire-plugins/upstream-authority/upstream-authority';

export interface IntermediateCertificateProps {
  /** Of the server. */
  readonly namespace: string;
  readonly certificate: Planned;
}

const ALGORITHMS = {
  ECDSA: CertificateSpecPrivateKeyAlgorithm.ECDSA,
  RSA: CertificateSpecPrivateKeyAlgorithm.RSA,
} as const;

/**
 * One Certificate. cert-manager sets no path length, so nested servers can have a CA below it.
 * @see cert-manager pkg/util/pki/csr.go GenerateCSR
 */
export class IntermediateCertificate extends Construct {
  constructor(scope: Construct, id: string, { namespace, certificate }: IntermediateCertificateProps) {
    super(scope, id);
    const { secret, issuer, commonName, spiffeId, duration, renewBefore, key } = certificate;
    new Certificate(this, 'certificate', {
      metadata: { name: secret, namespace, labels: objectLabels(SPIRE_SERVER.name, 'spire') },
      spec: {
        secretName: secret,
        issuerRef: issuer,
        isCa: true,
        // A CA without a subject cannot be named as an issuer; RFC 5280 section 4.1.2.6.
        commonName,
        // SPIFFE asks signing certificates to name the trust domain; X509-SVID section 2.
        uris: [spiffeId],
        duration: goDuration(duration),
        renewBefore: goDuration(renewBefore),
        // The default has "key encipherment", which SPIFFE does not let a signing certificate have.
        usages: [CertificateSpecUsages.CERT_SIGN, CertificateSpecUsages.CRL_SIGN],
        privateKey: {
          algorithm: ALGORITHMS[key.algorithm],
          size: key.size,
          rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
        },
      },
    });
  }
}
