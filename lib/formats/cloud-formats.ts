/** Formats of names in AWS, Google Cloud, Azure and Vault. */
import type { Format } from './formats';
import { matching } from './matching-format';
import { canonicalAuthority, urlPartsOf, whyNoEndpoint } from './url-parts';

const REGION = '[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}';

/** Region of AWS. @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const awsRegion: Format = matching({
  what: 'a region of AWS',
  example: 'eu-west-1',
  pattern: `^${REGION}$`,
  reason: 'a region looks like eu-west-1 or us-gov-west-1',
});

/** ARN of a role, in any partition of AWS. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const awsRole: Format = matching({
  what: 'the ARN of an IAM role',
  example: 'arn:aws:iam::123456789012:role/spire-server',
  pattern: '^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([!-~]+/)?[A-Za-z0-9+=,.@_-]{1,64}$',
  reason: 'the form is arn:aws:iam::ACCOUNT:role/NAME, where ACCOUNT has 12 digits',
});

/** ARN of a secret in AWS Secrets Manager. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
export const awsSecretArn: Format = matching({
  what: 'the ARN of a secret in AWS Secrets Manager',
  example: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:spire-AbCdEf',
  pattern: `^arn:aws(-[a-z]+)*:secretsmanager:${REGION}:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}$`,
  reason: 'it is written like arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX',
});

/** ARN of a CA of AWS Private CA. @see https://docs.aws.amazon.com/privateca/latest/userguide/auth-resources.html */
export const awsPrivateCa: Format = matching({
  what: 'the ARN of a private CA of AWS',
  example: 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/11111111-2222-3333-4444-555555555555',
  pattern: `^arn:aws(-[a-z]+)*:acm-pca:${REGION}:[0-9]{12}:certificate-authority/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
  reason: 'the form is arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/UUID',
});

/** Email address of a service account that a person made in a project. */
export const gcpServiceAccount: Format = matching({
  what: 'a service account of Google Cloud',
  example: 'spire-server@shop.iam.gserviceaccount.com',
  pattern: '^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$',
  reason: 'the form is NAME@PROJECT.iam.gserviceaccount.com, where NAME has 6 to 30 characters',
});

/** Client ID of an application or managed identity of Microsoft Entra. */
export const azureClientId: Format = matching({
  what: 'a client ID of Azure',
  example: '11111111-2222-3333-4444-555555555555',
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  reason: 'a client ID is a UUID',
});

/** Resource ID of a key ring, as the API of Cloud KMS writes it. */
export const gcpKeyRing: Format = matching({
  what: 'a key ring of Cloud KMS',
  example: 'projects/shop/locations/europe-west1/keyRings/spire',
  pattern: '^projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]{1,63}$',
  reason: 'the form is projects/PROJECT/locations/LOCATION/keyRings/NAME',
});

/** Resource ID of a CA pool, as the API of the Certificate Authority Service writes it. */
export const gcpCaPool: Format = matching({
  what: 'a CA pool of Google Cloud',
  example: 'projects/shop/locations/europe-west1/caPools/spire',
  pattern: '^projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/caPools/[A-Za-z0-9_-]{1,63}$',
  reason: 'the form is projects/PROJECT/locations/LOCATION/caPools/NAME',
});

/** Key of a label in Google Cloud. @see https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export const gcpLabelKey: Format = matching({
  what: 'the key of a label in Google Cloud',
  example: 'spire',
  pattern: '^[a-z][a-z0-9_-]{0,62}$',
  reason: 'only a-z, 0-9, "_" and "-" are allowed, beginning with a letter, at most 63 characters',
});

/** Value of a label in Google Cloud. SPIRE demands one, and puts it into a filter as it is. */
export const gcpLabelValue: Format = matching({
  what: 'the value of a label in Google Cloud',
  example: 'east',
  pattern: '^[a-z0-9_-]{1,63}$',
  reason: 'only a-z, 0-9, "_" and "-" are allowed, 1 to 63 characters',
});

/** URL of an Azure Key Vault or Managed HSM. The SDK refuses hosts outside of the domains of Azure. */
export const azureVault: Format = matching({
  what: 'the URL of an Azure Key Vault',
  example: 'https://shop-spire.vault.azure.net',
  pattern: '^https://[a-zA-Z0-9-]{3,24}(\\.[a-z0-9-]+)+/?$',
  reason: 'the form is https://NAME.vault.azure.net, without port and path',
});

/** URL of the API of a service, without a path. Plain http would expose credentials and answers on the network. */
export const serviceUrl: Format = {
  what: 'the URL of a service',
  example: 'https://vault.example.org:8200',
  pattern: '^[hH][tT][tT][pP][sS]://[^\\s@/?#]+/?$',
  check: (text) => {
    const parts = urlPartsOf(text);
    if (parts === undefined) return 'it cannot be parsed as a URL';
    if (parts.scheme !== 'https') return 'it does not begin with https://';
    if (parts.user !== undefined) return 'user information is not allowed';
    if (!['', '/'].includes(parts.path) || parts.after !== '') return 'write only scheme, host and port';
    return whyNoEndpoint(parts.authority);
  },
  canonical: (text) => `https://${canonicalAuthority(urlPartsOf(text)?.authority ?? '')}`,
};

/** Path of an engine, an authentication method or a namespace in Vault. */
export const vaultPath: Format = matching({
  what: 'a path in Vault',
  example: 'pki_root',
  pattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
  reason: 'only letters, digits, ".", "_" and "-" are allowed, in segments between single "/"',
});

/** Name of a role in Vault. */
export const vaultRole: Format = matching({
  what: 'a role of Vault',
  example: 'spire-server',
  pattern: '^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$',
  reason: 'only letters, digits, "_", "-" and "." are allowed',
});

/** Audience of a token. */
export const audience: Format = matching({
  what: 'an audience',
  example: 'vault',
  pattern: '^[A-Za-z0-9][A-Za-z0-9:/._-]*$',
  reason: 'only letters, digits, ":", "/", ".", "_" and "-" are allowed',
});
