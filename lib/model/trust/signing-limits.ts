/** Checks that a CA can sign SVIDs that SPIRE, Go's crypto/x509, go-spiffe and BoringSSL (in Envoy) accept. */
import type { X509Certificate } from 'node:crypto';
import { type CertificateFields, constrainedName, EXTENSIONS, readCertificateFields } from './certificate-fields';
import { readDer } from './der';
import { type SvidNames, whyNameRefused } from './name-constraints';

/** Why a CA cannot sign, as the rest of "it cannot sign, since …", and what to take in its place. */
export interface SigningFlaw {
  /** The part with the flaw. With an unusable key, signatures cannot be verified either. */
  readonly about: 'kind of key' | 'key' | 'certificate';
  readonly flaw: string;
  /** One thing to do. */
  readonly remedy: string;
}

/** What has to verify below a root. */
export interface SvidChain extends SvidNames {
  /**
   * CAs between the root and an SVID if the Secret of the server holds the root itself: the CA of the server, and that of a
   * nested server.
   * @default - not known, and no path length is too short
   */
  readonly casBelow?: number;
}

/** The first flaw that keeps a CA from signing these SVIDs. Undefined if there is none. */
export function signingFlawOf(certificate: X509Certificate, chain: SvidChain): SigningFlaw | undefined {
  const fields = readCertificateFields(certificate);
  if (fields === undefined) {
    return {
      about: 'certificate',
      flaw: 'its encoding is damaged',
      remedy: 'get the certificate again from its source',
    };
  }
  const key = keyFlawOf(certificate, fields);
  if (key !== undefined) return key;
  const found =
    encodingFlawOf(fields) ??
    criticalFlawOf(fields) ??
    usageFlawOf(fields) ??
    namesFlawOf(fields, chain) ??
    pathFlawOf(fields, chain);
  return found && { about: 'certificate', ...found };
}

type Flaw = Omit<SigningFlaw, 'about'>;

/** Curves that a JSON Web Key of a bundle can name, by their object identifiers; RFC 7518 section 6.2.1.1, go-jose jwk.go ecPublicKey. */
const CURVES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
]);

/** Names of common curves that are not supported, for the message. */
const OTHER_CURVES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.3.1.1', 'P-192'],
  ['1.3.132.0.33', 'P-224'],
  ['1.3.132.0.10', 'secp256k1'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
  ['1.2.156.10197.1.301', 'SM2'],
]);

/** Go refuses keys below 1024 bits, keys below 2048 bits can be broken, BoringSSL (openssl/rsa.h) refuses more than 16384. */
const RSA_BITS = { least: 2048, most: 16384 } as const;

/** Go's, crypto/rsa checkPublicKeySize; BoringSSL refuses even ones as well. */
const MAX_EXPONENT = 2n ** 31n - 1n;

const REMEDY = 'use a root with an EC key on P-256 or P-384, or an RSA key of at least 2048 bits';

function keyFlawOf(certificate: X509Certificate, fields: CertificateFields): SigningFlaw | undefined {
  const { asymmetricKeyType, asymmetricKeyDetails } = fields.curve === undefined ? publicKeyOf(certificate) : {};
  if (fields.curve === undefined && asymmetricKeyType !== 'rsa') {
    const kind = asymmetricKeyType ?? 'keys that cannot be read';
    return { about: 'kind of key', flaw: `SPIRE supports EC and RSA keys, not ${kind}`, remedy: REMEDY };
  }
  const flaw = fields.curve === undefined ? rsaFlawOf(asymmetricKeyDetails, fields) : curveFlawOf(fields.curve, fields);
  return flaw === undefined ? undefined : { about: 'key', flaw, remedy: REMEDY };
}

function curveFlawOf(curve: string, { isKeyEncodedOddly }: CertificateFields): string | undefined {
  if (CURVES.has(curve))
    return isKeyEncodedOddly ? 'its key is a compressed point, which Go does not support' : undefined;
  const name =
    curve === 'explicit' ? 'a curve with explicit parameters' : `the curve ${OTHER_CURVES.get(curve) ?? curve}`;
  return `its key is on ${name}; verifiers and bundles support only P-256, P-384 and P-521`;
}

function rsaFlawOf(
  { modulusLength = 0, publicExponent = 0n }: X509Certificate['publicKey']['asymmetricKeyDetails'] = {},
  { isKeyEncodedOddly }: CertificateFields,
): string | undefined {
  if (isKeyEncodedOddly) return 'its RSA key is encoded without the NULL parameter, which Go requires';
  if (modulusLength < RSA_BITS.least || modulusLength > RSA_BITS.most) {
    return `its RSA key has ${modulusLength} bits, not ${RSA_BITS.least} to ${RSA_BITS.most}`;
  }
  return publicExponent < 3n || publicExponent > MAX_EXPONENT || publicExponent % 2n === 0n
    ? `verifiers refuse the exponent ${publicExponent} of its RSA key`
    : undefined;
}

/** Nothing where OpenSSL cannot read the key. */
function publicKeyOf(certificate: X509Certificate): Partial<X509Certificate['publicKey']> {
  try {
    return certificate.publicKey;
  } catch {
    return {};
  }
}

/** Encodings that OpenSSL accepts and Go refuses: crypto/x509 parser.go. */
function encodingFlawOf({ extensions, isSerialNegative }: CertificateFields): Flaw | undefined {
  const remedy = 'let your CA issue the certificate again';
  if (isSerialNegative) return { flaw: 'its serial number is negative, which Go refuses', remedy };
  const ids = extensions.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? undefined : { flaw: `it has the extension ${twice} twice, which Go refuses`, remedy };
}

/** Extensions that Go and BoringSSL both process: crypto/x509 parser.go processExtensions, v3_purp.cc X509_supported_extension. */
const PROCESSED: ReadonlySet<string> = new Set(Object.values(EXTENSIONS));

/** Names of common extensions that some CAs mark as critical, for the message. */
const EXTENSION_NAMES: ReadonlyMap<string, string> = new Map([
  ['2.5.29.14', 'subjectKeyIdentifier'],
  ['2.5.29.18', 'issuerAltName'],
  ['2.5.29.31', 'cRLDistributionPoints'],
  ['2.5.29.35', 'authorityKeyIdentifier'],
  ['1.3.6.1.5.5.7.1.1', 'authorityInfoAccess'],
  ['2.16.840.1.113730.1.1', 'nsCertType'],
  [EXTENSIONS.nameConstraints, 'nameConstraints'],
  [EXTENSIONS.subjectAltName, 'subjectAltName'],
]);

function criticalFlawOf({ extensions, nameConstraints }: CertificateFields): Flaw | undefined {
  const { permitted, excluded } = nameConstraints ?? { permitted: [], excluded: [] };
  const unread = extensions.find(({ id, isCritical, value }) => {
    if (!isCritical) return false;
    if (!PROCESSED.has(id)) return true;
    // Go handles only some kinds of names. It treats an extension with other kinds as not understood.
    if (id === EXTENSIONS.nameConstraints) {
      return [...permitted, ...excluded].some(({ kind }) => kind === 'directory' || kind === 'other');
    }
    return id === EXTENSIONS.subjectAltName && !namesSomething(value);
  });
  return (
    unread && {
      flaw: `its extension ${EXTENSION_NAMES.get(unread.id) ?? unread.id} is critical, but verifiers do not support it`,
      remedy: 'use a root without this extension, or one in which it is not critical',
    }
  );
}

function namesSomething(subjectAltName: Buffer): boolean {
  try {
    const names = readDer(readDer(subjectAltName)[0]?.content ?? Buffer.alloc(0)).map(constrainedName);
    return names.some(({ kind }) => kind !== 'directory' && kind !== 'other');
  } catch {
    return false;
  }
}

const PURPOSES = { any: '2.5.29.37.0', server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** SPIRE's UpstreamAuthority disk verifies for servers (Go's default), Go's and BoringSSL's TLS servers for clients. */
function usageFlawOf({ extendedKeyUsages: usages }: CertificateFields): Flaw | undefined {
  if (usages === undefined || usages.length === 0 || usages.includes(PURPOSES.any)) return undefined;
  const missing = (['server', 'client'] as const).filter((purpose) => !usages.includes(PURPOSES[purpose]));
  return missing.length === 0
    ? undefined
    : {
        flaw: `its extended key usages do not include ${missing.map((purpose) => `${purpose}Auth`).join(' and ')}`,
        remedy: 'use a root without extended key usages, or with serverAuth and clientAuth',
      };
}

function namesFlawOf({ nameConstraints }: CertificateFields, names: SvidNames): Flaw | undefined {
  const refused = nameConstraints && whyNameRefused(nameConstraints, names);
  return refused === undefined
    ? undefined
    : {
        flaw: `its name constraints ${refused}`,
        remedy: `use a root that permits spiffe://${names.trustDomain}`,
      };
}

/** All CAs below a root count: Go crypto/x509 verify.go isValid. */
function pathFlawOf({ pathLength }: CertificateFields, { casBelow = 0 }: SvidChain): Flaw | undefined {
  if (pathLength === undefined || pathLength >= casBelow) return undefined;
  const below = casBelow > 1 ? 'the CAs of its server and of nested servers are' : 'the CA of its server is';
  return {
    flaw: `its path length is ${pathLength}, but ${below} below it`,
    remedy: `use a root without a path length, or with a path length of at least ${casBelow + 1}`,
  };
}

/** Signatures that Go verifies on a certificate that is not a root: crypto/x509 x509.go, signatureAlgorithmDetails. */
const VERIFIED_SIGNATURES: ReadonlySet<string> = new Set([
  ...[11, 12, 13].map((arc) => `1.2.840.113549.1.1.${arc}`),
  '1.2.840.113549.1.1.10',
  ...[2, 3, 4].map((arc) => `1.2.840.10045.4.3.${arc}`),
  '1.3.101.112',
]);

const WEAK_SIGNATURES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'MD2'],
  ['1.2.840.113549.1.1.4', 'MD5'],
  ['1.2.840.113549.1.1.5', 'SHA-1'],
  ['1.2.840.113549.1.1.14', 'SHA-224'],
  ['1.2.840.10045.4.1', 'SHA-1'],
  ['1.2.840.10045.4.3.1', 'SHA-224'],
  ['1.3.14.3.2.29', 'SHA-1'],
]);

/** The hash of a signature that no verifier accepts below a root; undefined for one that they do. */
export function weakSignatureOf(certificate: X509Certificate): string | undefined {
  const fields = readCertificateFields(certificate);
  if (fields === undefined || (VERIFIED_SIGNATURES.has(fields.signatureAlgorithm) && !fields.pssWithSha1)) {
    return undefined;
  }
  return fields.pssWithSha1 ? 'SHA-1' : (WEAK_SIGNATURES.get(fields.signatureAlgorithm) ?? fields.signatureAlgorithm);
}
