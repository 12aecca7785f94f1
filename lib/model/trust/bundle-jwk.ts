/** Parses the keys of a bundle as go-jose does in SPIRE and its controller manager: one invalid key fails the bundle. */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readDer } from './der';

/** A key of a bundle, as JSON has it. */
export interface BundleKey extends JsonWebKey {
  readonly use?: string;
  readonly kid?: string;
  readonly x5c?: readonly string[];
  readonly x5t?: string;
  readonly 'x5t#S256'?: string;
}

const TEXTS = ['use', 'kty', 'kid', 'crv', 'alg', 'x', 'y', 'n', 'e', 'x5u', 'x5t', 'x5t#S256'] as const;

/** Returns why a value does not have the shape of a JSON Web Key. */
export function whyNoKey(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return 'an entry of "keys" is not a map';
  }
  const key = entry as Readonly<Record<string, unknown>>;
  const wrong = TEXTS.find((member) => key[member] != null && typeof key[member] !== 'string');
  if (wrong !== undefined) return `the ${wrong} of a key is not text`;
  const chain = key.x5c;
  const isChain = chain == null || (Array.isArray(chain) && chain.every((one) => typeof one === 'string'));
  return isChain ? undefined : 'the x5c of a key is not a list of certificates';
}

/** The certificates of a key, or why the key is invalid. */
export type Reading = { readonly reason: string } | { readonly certificates: readonly X509Certificate[] };

/**
 * The certificates beside a key, or why go-jose refuses it.
 * @see go-jose v4 jwk.go, JSONWebKey.UnmarshalJSON
 */
export function readKey(key: BundleKey): Reading {
  const certificates = (key.x5c ?? []).map(readCertificate);
  if (certificates.includes(undefined)) return { reason: 'a certificate in it cannot be decoded' };
  const material = readMaterial(key);
  if ('reason' in material) return material;
  const [first] = certificates as readonly X509Certificate[];
  if (first !== undefined && !isKeyOf(material.key, first)) {
    return { reason: 'a key differs from the key in its certificate' };
  }
  if (material.key === undefined) return { reason: 'the numbers of a key are not valid for its kty' };
  for (const [member, hash] of [
    ['x5t', 'sha1'],
    ['x5t#S256', 'sha256'],
  ] as const) {
    if (!isThumbprint(key[member], hash, first))
      return { reason: `the ${member} of a key does not match its certificate` };
  }
  return { certificates: certificates as readonly X509Certificate[] };
}

/** Standard base64 of one certificate in DER, and of nothing else: no PEM, no bytes behind it. */
function readCertificate(base64: string): X509Certificate | undefined {
  const text = base64.replace(/[\r\n]/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  try {
    const certificate = new X509Certificate(bytes);
    return readDer(bytes).length === 1 ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** Length of a coordinate in bytes, by curve. */
const CURVES: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
]);

const ED25519_BYTES = 32;

/** The key is undefined if its numbers are no valid key. */
type Material = { readonly reason: string } | { readonly key: KeyObject | undefined };

function readMaterial(key: BundleKey): Material {
  const { kty, crv } = key;
  if (kty == null || kty === '') return { reason: 'a key has no kty' };
  if (kty === 'RSA') return imported(key, ['n', 'e']);
  if (kty === 'OKP' && crv === 'Ed25519') return imported(key, ['x'], ED25519_BYTES);
  const size = kty === 'EC' ? CURVES.get(crv ?? '') : undefined;
  if (size !== undefined) return imported(key, ['x', 'y'], size);
  const named =
    kty === 'EC' || kty === 'OKP' ? `${kty} on the curve ${JSON.stringify(crv ?? '')}` : JSON.stringify(kty);
  return { reason: `SPIRE does not support keys of the type ${named}` };
}

/** @param bytes length of each member; @default - any but none */
function imported(key: BundleKey, members: readonly ('e' | 'n' | 'x' | 'y')[], bytes?: number): Material {
  const numbers = new Map(members.map((member) => [member, base64Url(key[member])]));
  const junk = members.find((member) => {
    const length = numbers.get(member)?.length ?? 0;
    return bytes === undefined ? length === 0 : length !== bytes;
  });
  if (junk !== undefined) {
    const wanted = bytes === undefined ? 'a number in base64url' : `${bytes} bytes in base64url`;
    return { reason: `the ${junk} of a key is not ${wanted}` };
  }
  const jwk = Object.fromEntries([...numbers].map(([member, number]) => [member, number?.toString('base64url')]));
  try {
    return { key: createPublicKey({ key: { kty: key.kty, crv: key.crv ?? undefined, ...jwk }, format: 'jwk' }) };
  } catch {
    return { key: undefined };
  }
}

/** Decodes base64url without padding. Ignores line ends, as Go does. */
function base64Url(text: string | undefined | null): Buffer | undefined {
  const joined = text?.replace(/[\r\n]/g, '');
  return joined === undefined || joined.length % 4 === 1 || !/^[A-Za-z0-9_-]*$/.test(joined)
    ? undefined
    : Buffer.from(joined, 'base64url');
}

function isKeyOf(key: KeyObject | undefined, certificate: X509Certificate): boolean {
  try {
    return key?.equals(certificate.publicKey) === true;
  } catch {
    return false;
  }
}

/** Whether a text is the base64url of a hash, or of its hexadecimal digits. An absent text counts as valid. */
function isThumbprint(
  text: string | undefined | null,
  hash: 'sha1' | 'sha256',
  certificate: X509Certificate | undefined,
): boolean {
  if (text == null || text === '') return true;
  const decoded = base64Url(text);
  const digits = decoded?.toString('latin1') ?? '';
  const size = hash === 'sha1' ? 20 : 32;
  const isHex = digits.length === 2 * size && /^[\da-f]+$/i.test(digits);
  const print = isHex ? Buffer.from(digits, 'hex') : decoded;
  if (print?.length !== size) return false;
  return certificate === undefined || createHash(hash).update(certificate.raw).digest().equals(print);
}
