/** Makes a trial PKI for a trust domain: a long-lived root, and under it the intermediate that a SPIRE server signs with. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface TrialCaProps {
  readonly trustDomain: string;
  /** Both certificates are valid from here on. */
  readonly now: Date;
  /** Life of the root in years. */
  readonly rootYears: number;
  /** Life of the intermediate in days; shortened to the root's. */
  readonly intermediateDays: number;
}

/** Everything in PEM. */
export interface TrialCa {
  readonly root: string;
  readonly rootKey: string;
  readonly intermediate: string;
  readonly intermediateKey: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const;
const DAY = 86_400_000;
/** Machines whose clock is a little behind accept the certificates all the same. */
const CLOCK_SKEW = 5 * 60_000;

export async function makeTrialCa(props: TrialCaProps): Promise<TrialCa> {
  // Node's and the browser's types of the same object differ.
  (cryptoProvider as { set(crypto: unknown): void }).set(webcrypto);
  const rootKeys = await generateKeys();
  const rootEnd = new Date(props.now);
  rootEnd.setUTCFullYear(rootEnd.getUTCFullYear() + props.rootYears);
  const notBefore = new Date(props.now.getTime() - CLOCK_SKEW);
  const root = await issue({
    keys: rootKeys,
    signer: rootKeys,
    name: `${props.trustDomain} root`,
    notBefore,
    notAfter: rootEnd,
    trustDomain: props.trustDomain,
  });
  const keys = await generateKeys();
  const notAfter = new Date(Math.min(props.now.getTime() + props.intermediateDays * DAY, rootEnd.getTime()));
  const intermediate = await issue({
    keys,
    signer: rootKeys,
    issuer: root,
    name: `${props.trustDomain} intermediate`,
    notBefore,
    notAfter,
    trustDomain: props.trustDomain,
  });
  return {
    root: `${root.toString('pem')}\n`,
    rootKey: await exportKey(rootKeys.privateKey),
    intermediate: `${intermediate.toString('pem')}\n`,
    intermediateKey: await exportKey(keys.privateKey),
  };
}

interface Issue {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly signer: webcrypto.CryptoKeyPair;
  /** Absent for the root, which issues itself. */
  readonly issuer?: X509Certificate;
  readonly name: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly trustDomain: string;
}

async function issue({
  keys,
  signer,
  issuer,
  name,
  notBefore,
  notAfter,
  trustDomain,
}: Issue): Promise<X509Certificate> {
  const subject = `O=SPIFFE, CN=${name}`;
  return X509CertificateGenerator.create({
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      // The server's own CA stands below the intermediate, so neither path length is limited.
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(signer.publicKey),
      // Names the trust domain, so that a mixed-up file is noticed.
      new SubjectAlternativeNameExtension([{ type: 'url', value: `spiffe://${trustDomain}` }]),
    ],
  });
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
