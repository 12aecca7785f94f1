/** Reads fields of a certificate that limit what it can sign and that node:crypto does not offer. */
import type { X509Certificate } from 'node:crypto';
import { DER, type DerElement, objectIdentifier, readDer } from './der';

/** The fields of a certificate that decide what can verify it and what it can sign. */
export interface CertificateFields {
  /** Object identifier of the algorithm of its signature. */
  readonly signatureAlgorithm: string;
  /** Whether it is signed with RSA-PSS and SHA-1, the default of RSA-PSS if no hash is named. */
  readonly pssWithSha1: boolean;
  readonly isSerialNegative: boolean;
  /** Object identifier of the curve of its key; `explicit` where the key spells the curve out; absent for other keys. */
  readonly curve?: string;
  /** Whether its key is encoded in a way that OpenSSL reads and Go does not: a compressed point, RSA without its NULL. */
  readonly isKeyEncodedOddly: boolean;
  readonly extensions: readonly CertificateExtension[];
  /** How many CAs may stand between it and an SVID; absent where there is no limit. */
  readonly pathLength?: number;
  /** Object identifiers; absent where it may serve any purpose. */
  readonly extendedKeyUsages?: readonly string[];
  readonly nameConstraints?: NameConstraints;
}

export interface CertificateExtension {
  readonly id: string;
  readonly isCritical: boolean;
  readonly value: Buffer;
}

/** Names that a CA may certify, and names that it may not. */
export interface NameConstraints {
  readonly permitted: readonly ConstrainedName[];
  readonly excluded: readonly ConstrainedName[];
}

/** One name of a constraint. */
export interface ConstrainedName {
  readonly kind: 'dns' | 'uri' | 'email' | 'ip' | 'directory' | 'other';
  /** Text of DNS names, hosts of URIs and addresses of mail; empty for the other kinds. */
  readonly text: string;
}

/** Object identifiers of the extensions that are read here or judged elsewhere. */
export const EXTENSIONS = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
} as const;

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const RSA_KEY = '1.2.840.113549.1.1.1';
/** First byte of a point of which both coordinates follow. */
const UNCOMPRESSED = 0x04;
const RSA_PSS = '1.2.840.113549.1.1.10';

/** Undefined where the certificate is no DER as RFC 5280 has it. */
export function readCertificateFields({ raw }: X509Certificate): CertificateFields | undefined {
  try {
    return fieldsOf(raw);
  } catch {
    return undefined;
  }
}

function fieldsOf(raw: Buffer): CertificateFields {
  const certificate = childrenOf(readDer(raw)[0]);
  const toBeSigned = childrenOf(certificate[0]);
  const body = toBeSigned[0]?.tag === DER.constructed(0) ? toBeSigned.slice(1) : toBeSigned;
  const [serial, , , , , publicKey] = body;
  const [signature, signatureParameters] = childrenOf(certificate[1]);
  const extensions = childrenOf(childrenOf(body.find(({ tag }) => tag === DER.constructed(3)))[0]).map(extensionOf);
  const inside = (id: string): DerElement | undefined => {
    const value = extensions.find((extension) => extension.id === id)?.value;
    return value && readDer(value)[0];
  };
  const signatureAlgorithm = objectIdentifier(present(signature));
  const usages = inside(EXTENSIONS.extendedKeyUsage);
  const names = inside(EXTENSIONS.nameConstraints);
  return {
    signatureAlgorithm,
    pssWithSha1:
      signatureAlgorithm === RSA_PSS && childrenOf(signatureParameters).every(({ tag }) => tag !== DER.constructed(0)),
    isSerialNegative: (present(serial).content[0] ?? 0) >= 0x80,
    curve: curveOf(publicKey),
    isKeyEncodedOddly: isEncodedOddly(publicKey),
    extensions,
    pathLength: pathLengthOf(inside(EXTENSIONS.basicConstraints)),
    extendedKeyUsages: usages && childrenOf(usages).map(objectIdentifier),
    nameConstraints: names && nameConstraintsOf(names),
  };
}

function childrenOf(element: DerElement | undefined): readonly DerElement[] {
  return element === undefined ? [] : readDer(element.content);
}

function present(element: DerElement | undefined): DerElement {
  if (element === undefined) throw new RangeError('an element is missing');
  return element;
}

function extensionOf(element: DerElement): CertificateExtension {
  const [id, ...rest] = childrenOf(element);
  const value = rest.at(-1);
  return {
    id: objectIdentifier(present(id)),
    isCritical: rest[0]?.tag === DER.boolean && rest[0].content[0] !== 0,
    value: present(value).content,
  };
}

function curveOf(publicKey: DerElement | undefined): string | undefined {
  const [algorithm, parameters] = childrenOf(childrenOf(publicKey)[0]);
  if (algorithm === undefined || objectIdentifier(algorithm) !== EC_PUBLIC_KEY) return undefined;
  return parameters?.tag === DER.objectIdentifier ? objectIdentifier(parameters) : 'explicit';
}

/** Go crypto/x509 parser.go, parsePublicKey. */
function isEncodedOddly(publicKey: DerElement | undefined): boolean {
  const [algorithm, bits] = childrenOf(publicKey);
  const [id, parameters] = childrenOf(algorithm);
  const kind = objectIdentifier(present(id));
  if (kind === RSA_KEY) return parameters?.tag !== DER.null;
  return kind === EC_PUBLIC_KEY && bits?.content[1] !== UNCOMPRESSED;
}

function pathLengthOf(basicConstraints: DerElement | undefined): number | undefined {
  const length = childrenOf(basicConstraints).find(({ tag }) => tag === DER.integer)?.content;
  if (length === undefined) return undefined;
  // A chain has few certificates, whatever a longer number allows.
  return length.length > 4 ? Number.MAX_SAFE_INTEGER : length.readIntBE(0, length.length);
}

function nameConstraintsOf(element: DerElement): NameConstraints {
  const subtrees = (number: number): readonly ConstrainedName[] =>
    childrenOf(childrenOf(element).find(({ tag }) => tag === DER.constructed(number))).map((subtree) =>
      constrainedName(present(childrenOf(subtree)[0])),
    );
  return { permitted: subtrees(0), excluded: subtrees(1) };
}

/** Kinds of a GeneralName by its tag. */
const NAME_KINDS: ReadonlyMap<number, ConstrainedName['kind']> = new Map([
  [DER.primitive(1), 'email'],
  [DER.primitive(2), 'dns'],
  [DER.constructed(4), 'directory'],
  [DER.primitive(6), 'uri'],
  [DER.primitive(7), 'ip'],
]);

/** Kind and text of a GeneralName. */
export function constrainedName({ tag, content }: DerElement): ConstrainedName {
  const kind = NAME_KINDS.get(tag) ?? 'other';
  return { kind, text: kind === 'dns' || kind === 'uri' || kind === 'email' ? content.toString('latin1') : '' };
}
