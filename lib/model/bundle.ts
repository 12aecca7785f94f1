/** Makes SPIFFE bundles from root certificates, and reads bundles that a server gave out. */
import { X509Certificate } from 'node:crypto';
import type { Place, Report } from '../problems/problem';
import { problem } from '../problems/problem';
import { type BundleKey, checkBundleKey } from './bundle-key';
import { renderJson } from './configuration';
import type { ResolvedAuthority, ResolvedBundle } from './resolved-fleet';
import { fingerprint, holdsPrivateKey } from './root-certificates';

/**
 * The bundle of a trust domain whose roots are known: one x509-svid key for each certificate, with its one-element x5c.
 * - JWT keys are missing; the first poll brings them.
 * - The refresh hint is the endpoint's own: without one a SPIRE server that found the endpoint away, as on the first apply
 *   of two clusters, waits five minutes before it polls again; with one, a quarter of it.
 * @param refreshHint in seconds
 * @see https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE_Trust_Domain_and_Bundle.md section 4
 */
export function bundleFromRoots(roots: readonly X509Certificate[], refreshHint: number): ResolvedBundle {
  const keys = roots.map((root) => ({
    use: 'x509-svid',
    ...root.publicKey.export({ format: 'jwk' }),
    x5c: [root.raw.toString('base64')],
  }));
  return { text: renderJson({ keys, spiffe_refresh_hint: refreshHint }), authorities: roots.map(authorityOf) };
}

/** A bundle as a person pinned it. */
export interface BundleFile {
  /** As written in the fleet. */
  readonly file: string;
  readonly text: string;
  readonly trustDomain: string;
  /** In seconds; taken where the file has none. */
  readonly refreshHint: number;
  /** What a problem with it is about: where the fleet names the file, or the file itself. */
  readonly place: Place;
}

/** The public part of the bundle, in canonical text, or undefined after reporting why it is not the bundle of this trust domain. */
export function readBundle(bundle: BundleFile, now: Date, report: Report): ResolvedBundle | undefined {
  const { file, text, place } = bundle;
  if (holdsPrivateKey(text)) {
    report(problem(place, 'private-key-in-file', { file }));
    return undefined;
  }
  const refuse = (reason: string): undefined => {
    report(problem(place, 'invalid-bundle', { file, reason }));
    return undefined;
  };
  const parsed = parseJson(text);
  const keys = (parsed as { keys?: unknown } | undefined)?.keys;
  if (!Array.isArray(keys)) {
    return refuse(parsed === undefined ? notJson(text) : 'it has no list of keys');
  }
  if (keys.some(isPrivate)) {
    report(problem(place, 'private-key-in-file', { file }));
    return undefined;
  }
  const authorities = (keys as BundleKey[]).filter((key) => key?.use === 'x509-svid');
  if (authorities.length === 0) {
    return refuse(
      keys.some((key: BundleKey | null) => key?.use === 'jwt-svid')
        ? 'it has keys for JWT-SVIDs alone, and no key for X.509-SVIDs'
        : 'it has no key for X.509-SVIDs',
    );
  }
  const number = (['spiffe_sequence', 'spiffe_refresh_hint'] as const).find(
    (name) => !isCount((parsed as Bundle)[name]),
  );
  if (number !== undefined) {
    return refuse(`its ${number} is no whole number`);
  }
  const verdicts = authorities.map((key) => checkBundleKey(key, bundle.trustDomain, now));
  const faults = verdicts.filter((verdict) => 'reason' in verdict);
  const [fault] = faults;
  if (fault !== undefined) {
    return refuse(fault.reason);
  }
  const prints = verdicts.flatMap((verdict) => ('certificate' in verdict ? [fingerprint(verdict.certificate)] : []));
  if (new Set(prints).size < prints.length) {
    return refuse('it holds a certificate twice');
  }
  if (verdicts.every((verdict) => 'expired' in verdict && verdict.expired)) {
    return refuse('every certificate in it has expired; a SPIRE CA without a root lives a day by default');
  }
  return {
    text: renderJson(publicPart({ spiffe_refresh_hint: bundle.refreshHint, ...(parsed as Bundle) })),
    authorities: verdicts.flatMap((verdict) => ('certificate' in verdict ? [authorityOf(verdict.certificate)] : [])),
  };
}

/** The certificates of a bundle, in their order. */
export function certificatesOf({ text }: ResolvedBundle): readonly X509Certificate[] {
  const { keys } = JSON.parse(text) as { readonly keys: readonly { readonly x5c?: readonly string[] }[] };
  return keys.flatMap(({ x5c = [] }) => x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64'))));
}

/** What else a text is that should be JSON. */
function notJson(text: string): string {
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    return 'it is PEM, and a bundle is JSON; a root certificate is named by trust: { root: … }';
  }
  return /^\s*\{/.test(text) && !/\}\s*$/.test(text) ? 'it is JSON that ends in the middle' : 'it is not JSON';
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);
}

/** Members that hold a secret in some kind of key; a symmetric key is nothing else (RFC 7518 section 6). */
const PRIVATE_MEMBERS = ['d', 'dp', 'dq', 'k', 'oth', 'p', 'q', 'qi'] as const;

function isPrivate(key: unknown): boolean {
  const members = (key ?? {}) as Readonly<Record<string, unknown>>;
  return members.kty === 'oct' || PRIVATE_MEMBERS.some((member) => members[member] !== undefined);
}

interface Bundle {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
  readonly spiffe_sequence?: unknown;
  readonly spiffe_refresh_hint?: unknown;
}

const PUBLIC_MEMBERS = ['use', 'kid', 'kty', 'alg', 'crv', 'x', 'y', 'n', 'e', 'x5c'] as const;

/** What SPIFFE defines of a bundle; whatever else the file holds is not meant for the peers. */
function publicPart({ keys, spiffe_sequence, spiffe_refresh_hint }: Bundle): unknown {
  const shown = keys
    .filter(({ use }) => use === 'x509-svid' || use === 'jwt-svid')
    .map((key) =>
      Object.fromEntries(
        PUBLIC_MEMBERS.flatMap((member) => (key[member] === undefined ? [] : [[member, key[member]]])),
      ),
    );
  return { keys: shown, spiffe_sequence, spiffe_refresh_hint };
}

/** What is shown and compared of a certificate. */
export function authorityOf(certificate: X509Certificate): ResolvedAuthority {
  return {
    fingerprint: fingerprint(certificate),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
