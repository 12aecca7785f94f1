/** All upstream authorities. */
import type { Choice } from '../plugin';
import { type AwsPcaSettings, awsPca } from './aws-pca';
import { type AwsSecretSettings, awsSecret } from './aws-secret';
import { type CertManagerSettings, certManager } from './cert-manager';
import { type EjbcaSettings, ejbca } from './ejbca';
import { type GcpCasSettings, gcpCas } from './gcp-cas';
import { nested } from './nested';
import { DEFAULT_SECRET, secret } from './secret';
import type { NestedAuthority, UpstreamAuthority } from './upstream-authority';
import { type VaultAuthoritySettings, vault } from './vault';

/** Those that a fleet chooses under `trust.authority`, sorted by key. */
export const UPSTREAM_AUTHORITIES: readonly UpstreamAuthority[] = [
  awsPca,
  awsSecret,
  certManager,
  ejbca,
  gcpCas,
  secret,
  vault,
];

export const DEFAULT_UPSTREAM_AUTHORITY = secret;

/** Name of the Secret that the default authority reads. */
export const DEFAULT_UPSTREAM_SECRET = DEFAULT_SECRET;

export const NESTED_AUTHORITY: NestedAuthority = nested;

/** Chooses an upstream authority in a program, as `trust.authority` does in a fleet. Each needs the root that it leads to. */
export const chooseUpstreamAuthority = {
  /** A private CA of AWS. `settings` are those of a fleet. */
  awsPca: (settings: AwsPcaSettings): Choice => ({ key: awsPca.key, settings }),
  /** An intermediate CA in AWS Secrets Manager. `settings` are those of a fleet. */
  awsSecret: (settings: AwsSecretSettings): Choice => ({ key: awsSecret.key, settings }),
  /** An issuer of cert-manager that leads to the root of the trust domain. */
  certManager: (issuer: string, options: Omit<CertManagerSettings, 'issuer'> = {}): Choice => ({
    key: certManager.key,
    settings: { issuer, ...options },
  }),
  /** A CA of an EJBCA. `settings` are those of a fleet. */
  ejbca: (settings: EjbcaSettings): Choice => ({ key: ejbca.key, settings }),
  /** CAs in a pool of the Certificate Authority Service of Google Cloud. `settings` are those of a fleet. */
  gcpCas: (settings: GcpCasSettings): Choice => ({ key: gcpCas.key, settings }),
  /**
   * An intermediate CA in a Secret of type kubernetes.io/tls in the namespace of the server.
   * @param name of the Secret
   */
  secret: (name: string = DEFAULT_SECRET): Choice => ({ key: secret.key, settings: { name } }),
  /** The PKI engine of a HashiCorp Vault or OpenBao. `settings` are those of a fleet. */
  vault: (settings: VaultAuthoritySettings): Choice => ({ key: vault.key, settings }),
} as const;
