/** Finds private keys in text, so that they are never printed, copied or written. */

/** Private keys in PEM of any kind (PKCS#8, PKCS#1, SEC 1, encrypted, OpenSSH, PGP), even without line ends; keys of age. */
const ARMOUR = /BEGIN\s+(?:[A-Z0-9]+\s+){0,4}PRIVATE\s+KEY|AGE-SECRET-KEY-1[A-Z0-9]{20}/;

/** The private part of a JSON Web Key, where the text is JSON or quotes it. */
const WEB_KEY = /\\?"(?:d|dp|dq|k|p|q|qi)\\?"\s*:\s*\\?"[A-Za-z0-9_-]{16}/;
const KEY_TYPE = /\\?"kty\\?"\s*:/;

/** Base64 of DER that begins with a SEQUENCE, or of PEM. */
const ENCODED = /(?<![A-Za-z0-9+/])(?:M[A-Za-z0-9+/]{40,}|LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,})/g;

/** Offset of the first private key in a text, in characters. Undefined if there is none. */
export function findPrivateKey(text: string): number | undefined {
  const armour = text.match(ARMOUR)?.index;
  if (armour !== undefined) return armour;
  const webKey = KEY_TYPE.test(text) ? text.match(WEB_KEY)?.index : undefined;
  if (webKey !== undefined) return webKey;
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) {
    if (isEncodedKey(encoded)) return index;
  }
  return undefined;
}

export function holdsPrivateKey(text: string): boolean {
  return findPrivateKey(text) !== undefined;
}

function isEncodedKey(encoded: string): boolean {
  // The first bytes decide: a certificate begins with two SEQUENCEs, a private key does not.
  if (encoded.startsWith('M')) return beginsPrivateKey(Buffer.from(encoded.slice(0, 64), 'base64'));
  return ARMOUR.test(Buffer.from(encoded, 'base64').toString('latin1'));
}

/** Object identifier of PBES2, which encrypts private keys; RFC 8018. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');

/** Whether DER is a private key: PKCS#8, PKCS#1 and SEC 1 begin with version 0 or 1, encrypted keys with the algorithm. */
function beginsPrivateKey(bytes: Buffer): boolean {
  const short = bytes[1] ?? 0;
  const content = bytes.subarray(short < 0x80 ? 2 : 2 + (short - 0x80));
  if (content[0] === 0x30) return content.subarray(2, 2 + PBES2.length).equals(PBES2);
  const [tag, length, version = 0, next = 0] = content;
  return tag === 0x02 && length === 1 && version <= 1 && [0x02, 0x04, 0x30].includes(next);
}

/** Members that hold a secret in some kind of JSON Web Key; RFC 7518 section 6. */
const SECRET_MEMBERS = ['d', 'dp', 'dq', 'k', 'oth', 'p', 'q', 'qi'] as const;

/** Whether a map is a JSON Web Key with a private part. Symmetric keys always are. */
export function isPrivateWebKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return members.kty === 'oct' || SECRET_MEMBERS.some((member) => members[member] != null);
}

type Path = readonly (string | number)[];

/**
 * Path to the first private key in a document: a text, a key of a map, or a JSON Web Key. Undefined if there is none.
 * Not recursive, since documents can be nested deeper than the call stack allows.
 */
export function pathToPrivateKey(document: unknown): Path | undefined {
  // A YAML alias repeats an object or refers to one of its parents, so each object is visited once.
  const seen = new Set<unknown>();
  const open: { readonly value: unknown; readonly path: PathTo }[] = [{ value: document, path: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (isPrivate(value)) return stepsOf(path);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [step, inner] of entriesOf(value)) {
      const inside = { step, before: path };
      if (typeof step === 'string' && holdsPrivateKey(step)) return stepsOf(inside);
      open.push({ value: inner, path: inside });
    }
  }
  return undefined;
}

function isPrivate(value: unknown): boolean {
  if (typeof value === 'string') return holdsPrivateKey(value);
  return typeof value === 'object' && value !== null && 'kty' in value && isPrivateWebKey(value);
}

type PathTo = { readonly step: string | number; readonly before: PathTo } | undefined;

function stepsOf(path: PathTo): Path {
  const steps: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.before) steps.unshift(at.step);
  return steps;
}

function entriesOf(value: object): Iterable<readonly [string | number, unknown]> {
  return Array.isArray(value) ? value.entries() : Object.entries(value);
}
