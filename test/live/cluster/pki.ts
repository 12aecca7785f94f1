/** Makes the certificates of a Kubernetes cluster: its CA, and under it one for each component. */
import 'reflect-metadata';
import { createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

// Node's and the browser's types of the same object differ.
(cryptoProvider as { set(crypto: unknown): void }).set(webcrypto);

export interface ComponentIdentity {
  /** Names the files. */
  readonly name: string;
  readonly commonName: string;
  readonly organization?: string;
  /** Names and addresses that it serves at. @default - a client only */
  readonly serves?: readonly string[];
}

interface Issuer {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** Path of a certificate or key in the folder that makeClusterPki wrote. */
export const pkiFile = (folder: string, name: string, kind: 'crt' | 'key'): string => join(folder, `${name}.${kind}`);

/** Writes ca.crt, ca.key, service-account.key, service-account.pub and a pair for each component. */
export async function makeClusterPki(folder: string, components: readonly ComponentIdentity[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=kubernetes',
    keys,
    ...lifetime(),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature, true),
    ],
  });
  await write(folder, 'ca', { certificate, keys });
  for (const component of components)
    await write(folder, component.name, await issue(component, { certificate, keys }));
  const serviceAccount = await privatePem(await generateKeys());
  writeFileSync(join(folder, 'service-account.key'), serviceAccount, { mode: 0o600 });
  const publicKey = createPublicKey(serviceAccount).export({ type: 'spki', format: 'pem' });
  writeFileSync(join(folder, 'service-account.pub'), publicKey);
}

async function issue(component: ComponentIdentity, issuer: Issuer): Promise<Issuer> {
  const { commonName, organization, serves = [] } = component;
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(12).toString('hex'),
    subject: `${organization === undefined ? '' : `O=${organization}, `}CN=${commonName}`,
    issuer: issuer.certificate.subject,
    ...lifetime(),
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth]),
      ...(serves.length === 0 ? [] : [new SubjectAlternativeNameExtension(serves.map(alternativeName))]),
    ],
  });
  return { certificate, keys };
}

function alternativeName(value: string): { readonly type: 'ip' | 'dns'; readonly value: string } {
  return { type: /^[0-9.]+$/.test(value) ? 'ip' : 'dns', value };
}

function lifetime(): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 60_000), notAfter: new Date(now + 24 * 3_600_000) };
}

async function write(folder: string, name: string, { certificate, keys }: Issuer): Promise<void> {
  writeFileSync(pkiFile(folder, name, 'crt'), `${certificate.toString('pem')}\n`);
  writeFileSync(pkiFile(folder, name, 'key'), await privatePem(keys), { mode: 0o600 });
}

async function privatePem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')}\n`;
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}
