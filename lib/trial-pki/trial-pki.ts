/** Creates a trial PKI for a trust domain: a long-lived root, an intermediate for its SPIRE server, and certificates for nested servers. */
import { webcrypto } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';

/** A certificate and its key, both in PEM. */
export interface SignedKey {
  readonly certificate: string;
  readonly key: string;
}

export interface RootProps {
  readonly trustDomain: string;
  /** The certificate is valid from here on. */
  readonly now: Date;
  /** Life in years. */
  readonly years: number;
}

export interface IntermediateProps {
  readonly trustDomain: string;
  /** The certificate is valid from here on. */
  readonly now: Date;
  /** Validity in days. Shortened if the root expires first. */
  readonly days: number;
  readonly root: SignedKey;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;
const DAY = 86_400_000;
/** Certificates are valid from an earlier time, so that machines with a slow clock accept them. */
const CLOCK_SKEW = 5 * 60_000;

/** Loads the X.509 library on first use, so that it does not slow down other commands. */
async function x509(): Promise<typeof import('@peculiar/x509')> {
  // The library needs the reflect-metadata polyfill to be loaded first.
  await import('reflect-metadata');
  const library = await import('@peculiar/x509');
  // Node.js and browsers have different types for the same object.
  (library.cryptoProvider as { set(crypto: unknown): void }).set(webcrypto);
  return library;
}

/** A self-signed root for a trust domain. */
export async function makeRoot({ trustDomain, now, years }: RootProps): Promise<SignedKey> {
  const keys = await generateKeys();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const certificate = await issue({ keys, signer: keys, name: `root ${trustDomain}`, now, notAfter, trustDomain });
  return signedKey(certificate, keys);
}

/** An intermediate CA under a root, for a SPIRE server to sign with. */
export async function makeIntermediate({ trustDomain, now, days, root }: IntermediateProps): Promise<SignedKey> {
  const issuer = await readCertificate(root);
  const signer = await readKeys(root, issuer);
  const keys = await generateKeys();
  const notAfter = new Date(Math.min(now.getTime() + days * DAY, issuer.notAfter.getTime()));
  const certificate = await issue({
    keys,
    signer,
    issuer,
    name: `intermediate ${trustDomain}`,
    now,
    notAfter,
    trustDomain,
  });
  return signedKey(certificate, keys);
}

export interface NestedCertificateProps extends IntermediateProps {
  /** The nested cluster, which becomes the common name. */
  readonly cluster: string;
}

/** A self-signed root for the certificates with which nested servers of a trust domain authenticate. */
export async function makeNestedRoot({ trustDomain, now, years }: RootProps): Promise<SignedKey> {
  const keys = await generateKeys();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const name = `nested servers ${trustDomain}`;
  return signedKey(await issue({ keys, signer: keys, name, now, notAfter, trustDomain }), keys);
}

/** The certificate of one nested server. */
export async function makeNestedCertificate(props: NestedCertificateProps): Promise<SignedKey> {
  const { cluster, trustDomain, now, days, root } = props;
  const issuer = await readCertificate(root);
  const signer = await readKeys(root, issuer);
  const keys = await generateKeys();
  const notAfter = new Date(Math.min(now.getTime() + days * DAY, issuer.notAfter.getTime()));
  const certificate = await issue({ keys, signer, issuer, name: cluster, now, notAfter, trustDomain, leaf: true });
  return signedKey(certificate, keys);
}

interface Issue {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly signer: webcrypto.CryptoKeyPair;
  /** Absent for the root, which issues itself. */
  readonly issuer?: X509Certificate;
  readonly name: string;
  readonly now: Date;
  readonly notAfter: Date;
  readonly trustDomain: string;
  /** Whether the key only signs attestation challenges, so that the certificate is not a CA. @default false */
  readonly leaf?: boolean;
}

/** X.520's bound on a common name, in characters. */
const MAX_COMMON_NAME = 64;

async function issue(props: Issue): Promise<X509Certificate> {
  const { keys, signer, issuer, name, now, notAfter, trustDomain, leaf = false } = props;
  const library = await x509();
  const subject = `O=SPIFFE, CN=${name.slice(0, MAX_COMMON_NAME)}`;
  return library.X509CertificateGenerator.create({
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date(now.getTime() - CLOCK_SKEW),
    notAfter,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      // The server adds a CA of its own below the intermediate, so the path length is not limited.
      new library.BasicConstraintsExtension(!leaf, undefined, true),
      new library.KeyUsagesExtension(
        leaf
          ? library.KeyUsageFlags.digitalSignature
          : library.KeyUsageFlags.keyCertSign | library.KeyUsageFlags.cRLSign,
        true,
      ),
      await library.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await library.AuthorityKeyIdentifierExtension.create(signer.publicKey),
      // The trust domain in the certificate reveals a file that was mixed up.
      new library.SubjectAlternativeNameExtension([{ type: 'url', value: `spiffe://${trustDomain}` }]),
    ],
  });
}

async function signedKey(certificate: X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Promise<SignedKey> {
  const { PemConverter } = await x509();
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { certificate: `${certificate.toString('pem')}\n`, key: `${PemConverter.encode(key, 'PRIVATE KEY')}\n` };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

async function readCertificate({ certificate }: SignedKey): Promise<X509Certificate> {
  const library = await x509();
  return new library.X509Certificate(certificate);
}

async function readKeys(root: SignedKey, issuer: X509Certificate): Promise<webcrypto.CryptoKeyPair> {
  const { PemConverter } = await x509();
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(root.key), ALGORITHM, false, [
      'sign',
    ]),
    publicKey: await webcrypto.subtle.importKey('spki', issuer.publicKey.rawData, ALGORITHM, true, ['verify']),
  };
}
