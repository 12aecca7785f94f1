/** Certificates that are unfit in one way each; lib makes only fit ones. */
// @peculiar/x509 asks for it to be there first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { NOW } from '../../support';

const DAY = 86_400_000;

const ALGORITHMS = {
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 },
  ed25519: { name: 'Ed25519' },
} as const;

export interface CertificateProps {
  /** Kind of key. @default 'ec' */
  readonly key?: keyof typeof ALGORITHMS;
  /** What basic constraints say. @default true */
  readonly ca?: boolean;
  /** URI SANs. @default none */
  readonly uris?: readonly string[];
  /** Days from NOW at which it begins. @default -1 */
  readonly from?: number;
  /** Days from NOW at which it ends. @default 365 */
  readonly until?: number;
  /** Whether another key than its own signs it. @default false */
  readonly foreignSigner?: boolean;
}

/** A certificate in PEM. */
export async function certificate(props: CertificateProps = {}): Promise<string> {
  const { key = 'ec', ca = true, uris = [], from = -1, until = 365, foreignSigner = false } = props;
  const algorithm = ALGORITHMS[key];
  const keys = await generate(algorithm);
  const signer = foreignSigner ? await generate(algorithm) : keys;
  const made = await X509CertificateGenerator.create({
    subject: 'CN=test',
    issuer: 'CN=test',
    notBefore: new Date(NOW.getTime() + from * DAY),
    notAfter: new Date(NOW.getTime() + until * DAY),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(ca, undefined, true),
      ...(uris.length === 0
        ? []
        : [new SubjectAlternativeNameExtension(uris.map((value) => ({ type: 'url' as const, value })))]),
    ],
  });
  return `${made.toString('pem')}\n`;
}

async function generate(algorithm: (typeof ALGORITHMS)[keyof typeof ALGORITHMS]): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

/** An SVID under a root of its own, all in PEM. */
export async function leaf(
  spiffeId: string,
): Promise<{ readonly root: string; readonly certificate: string; readonly key: string }> {
  const [rootKeys, keys] = [await generate(ALGORITHMS.ec), await generate(ALGORITHMS.ec)];
  // TLS clients look at the real clock.
  const [notBefore, notAfter] = [new Date(Date.now() - DAY), new Date(Date.now() + 365 * DAY)];
  const common = {
    issuer: 'CN=root',
    notBefore,
    notAfter,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: ALGORITHMS.ec,
  };
  const root = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=root',
    publicKey: rootKeys.publicKey,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const certificate = await X509CertificateGenerator.create({
    ...common,
    subject: 'CN=leaf',
    publicKey: keys.publicKey,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'url', value: spiffeId }])],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    root: `${root.toString('pem')}\n`,
    certificate: `${certificate.toString('pem')}\n`,
    key: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}
