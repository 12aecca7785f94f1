/** Makes SPIFFE bundles from root certificates, and parses bundles from SPIRE servers. */
import { X509Certificate } from 'node:crypto';
import { holdsPrivateKey, isPrivateWebKey, pathToPrivateKey } from '../../problems/private-keys';
import type { Place, Report } from '../../problems/problem';
import { problem } from '../../problems/problem';
import { renderJson } from '../configuration';
import type { ResolvedAuthority, ResolvedBundle } from '../resolved-fleet';
import { type BundleKey, readKey, whyNoKey } from './bundle-jwk';
import { checkBundleKey } from './bundle-key';
import { fingerprint } from './certificates';

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

/**
 * The public part of the bundle, in canonical text, or undefined after reporting why it is not the bundle of this trust domain.
 * @param now undefined where the certificates may be of any time
 */
export function readBundle(bundle: BundleFile, now: Date | undefined, report: Report): ResolvedBundle | undefined {
  const { file, text, place } = bundle;
  const parsed = parseJson(text);
  if (holdsPrivateKey(text) || pathToPrivateKey(parsed) !== undefined || keysOf(parsed)?.some(isPrivateWebKey)) {
    report(problem(place, 'private-key-in-file', { file }));
    return undefined;
  }
  const reading = readKeys(bundle, parsed, now);
  if ('reason' in reading) {
    report(problem(place, 'invalid-bundle', { file, reason: reading.reason }));
    return undefined;
  }
  return reading;
}

function readKeys(
  { text, trustDomain, refreshHint }: BundleFile,
  parsed: unknown,
  now: Date | undefined,
): ResolvedBundle | { readonly reason: string } {
  const entries = keysOf(parsed);
  if (entries === undefined) return { reason: parsed === undefined ? notJson(text) : 'it has no list of keys' };
  const used = (use: string): readonly BundleKey[] =>
    (entries as readonly (BundleKey | null)[]).flatMap((key) => (key?.use === use ? [key] : []));
  const [authorities, jwtKeys] = [used('x509-svid'), used('jwt-svid')];
  if (authorities.length === 0) {
    const reason = 'it has no key for X.509-SVIDs';
    return { reason: jwtKeys.length > 0 ? 'it has only keys for JWT-SVIDs, and no key for X.509-SVIDs' : reason };
  }
  const reason = entries.map(whyNoKey).find(Boolean) ?? whyNoNumber(parsed as Bundle);
  if (reason !== undefined) return { reason };
  const verdicts = authorities.map((key) => checkBundleKey(key, trustDomain, now));
  const [fault] = verdicts.filter((verdict) => 'reason' in verdict);
  if (fault !== undefined) return fault;
  const others = (entries as readonly BundleKey[]).filter(({ use }) => use !== 'x509-svid');
  const otherFault = whyUnfit(jwtKeys, others);
  if (otherFault !== undefined) return { reason: otherFault };
  const certificates = verdicts.flatMap((verdict) => ('certificate' in verdict ? [verdict.certificate] : []));
  if (new Set(certificates.map(fingerprint)).size < certificates.length) {
    return { reason: 'it contains a certificate twice' };
  }
  if (verdicts.every((verdict) => 'expired' in verdict && verdict.expired)) {
    return {
      reason: 'every certificate in it has expired; by default, a SPIRE CA without a root is valid for one day',
    };
  }
  const written = renderJson(publicPart(parsed as Bundle, refreshHint));
  return written.includes('${')
    ? { reason: 'the kid or alg of a key contains "${", which Flux would replace when it applies the manifest' }
    : { text: written, authorities: certificates.map(authorityOf) };
}

function keysOf(parsed: unknown): readonly unknown[] | undefined {
  const keys = (parsed as { readonly keys?: unknown } | null | undefined)?.keys;
  return Array.isArray(keys) ? (keys as readonly unknown[]) : undefined;
}

/** Returns why a key that is not for X.509-SVIDs is invalid. go-jose parses these keys too, and one error fails the bundle. */
function whyUnfit(jwtKeys: readonly BundleKey[], others: readonly BundleKey[]): string | undefined {
  for (const key of others) {
    const read = readKey(key);
    if ('reason' in read) return read.reason;
  }
  const ids = jwtKeys.map(({ kid }) => kid);
  if (ids.some((kid) => kid == null || kid === '')) return 'a key for JWT-SVIDs has no kid';
  const twice = ids.find((kid, index) => ids.indexOf(kid) < index);
  return twice === undefined
    ? undefined
    : `two keys for JWT-SVIDs have the kid ${JSON.stringify(twice)}, and SPIRE keeps the last one alone`;
}

/** The certificates of a bundle, in their order. */
export function certificatesOf({ text }: ResolvedBundle): readonly X509Certificate[] {
  const { keys } = JSON.parse(text) as { readonly keys: readonly { readonly x5c?: readonly string[] }[] };
  return keys.flatMap(({ x5c = [] }) => x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64'))));
}

/** What else a text is that should be JSON. */
function notJson(text: string): string {
  if (text.includes('-----BEGIN CERTIFICATE-----')) {
    return 'it is PEM instead of JSON; for a root certificate, write root instead of bundle';
  }
  return /^\s*\{/.test(text) && !/\}\s*$/.test(text) ? 'it is incomplete JSON' : 'it is not JSON';
}

/** Go counts a refresh hint in nanoseconds, which end here. In seconds. */
const MAX_REFRESH_HINT = 9_223_372_036;

/** Go reads an unsigned number of 64 bits and a signed one; `null` is as good as nothing. */
function whyNoNumber({ spiffe_sequence: sequence, spiffe_refresh_hint: hint }: Bundle): string | undefined {
  const wrong = (name: string): string => `its ${name} is not a whole number`;
  if (!isCount(sequence, 2 ** 64 - 1)) return wrong('spiffe_sequence');
  return isCount(hint, MAX_REFRESH_HINT) ? undefined : wrong('spiffe_refresh_hint');
}

function isCount(value: unknown, most: number): boolean {
  return value == null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most);
}

interface Bundle {
  readonly keys: readonly BundleKey[];
  readonly spiffe_sequence?: unknown;
  readonly spiffe_refresh_hint?: unknown;
}

const PUBLIC_MEMBERS = ['use', 'kid', 'kty', 'alg', 'crv', 'x', 'y', 'n', 'e', 'x5c'] as const;

/**
 * The members of a bundle that SPIFFE defines. Other members of the file are left out, since they are not for peers.
 * A refresh hint of zero is replaced: SPIRE treats it as missing, and then polls after a fortieth of the shortest life in the
 * bundle. A sequence number that JavaScript would round is left out; the first poll adds it.
 */
function publicPart({ keys, spiffe_sequence, spiffe_refresh_hint }: Bundle, refreshHint: number): unknown {
  const shown = keys
    .filter(({ use }) => use === 'x509-svid' || use === 'jwt-svid')
    .map((key) =>
      Object.fromEntries(PUBLIC_MEMBERS.flatMap((member) => (key[member] == null ? [] : [[member, key[member]]]))),
    );
  return {
    keys: shown,
    spiffe_sequence: Number.isSafeInteger(spiffe_sequence) ? spiffe_sequence : undefined,
    spiffe_refresh_hint: spiffe_refresh_hint || refreshHint,
  };
}

/** The fields of a certificate that are shown and compared. */
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
