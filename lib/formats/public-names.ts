/** Hosts for which no public CA issues certificates. */
import { isIP } from 'node:net';
import { specialBlockOf } from './special-addresses';

/**
 * Top-level domains that are reserved (RFC 2606, 6762, 9476, ICANN's for internal use) or that will not be delegated. `example`
 * and `test` are not among them: they stand for public ones in examples and tests.
 */
const NEVER_DELEGATED: ReadonlySet<string> = new Set([
  'alt',
  'arpa',
  'corp',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'private',
  // Of Services in Kubernetes.
  'svc',
]);

/**
 * Returns why no public CA issues a certificate for a host, as a noun phrase. Undefined if a CA may issue one.
 * Does not look up whether a top-level domain exists.
 * @param host an IP address or a DNS name
 * @see CA/Browser Forum Baseline Requirements, sections 4.2.2 and 1.6.1 (internal name, reserved IP address)
 */
export function whyNotPublic(host: string): string | undefined {
  if (isIP(host)) return specialAddress(host);
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!name.includes('.')) return 'a name without a domain';
  const last = name.slice(name.lastIndexOf('.') + 1);
  return NEVER_DELEGATED.has(last) ? `a name under .${last}, which is not a public domain` : undefined;
}

function specialAddress(ip: string): string | undefined {
  const kind = specialBlockOf(ip)?.kind;
  return kind && `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} address`;
}
