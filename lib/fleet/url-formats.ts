/** Knows how the URL of a bundle endpoint is written in a fleet file. */
import { isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { whyLocal } from './address-formats';
import { type Format, hostName } from './formats';
import { canonicalIp, whyUnreachable } from './ip-addresses';

/**
 * URL of a bundle endpoint, read as Go's net/url reads it.
 *
 * Its canonical form is what Go writes back. The controller manager compares the text of the resource with what the SPIRE
 * server answers; a URL that Go writes differently is updated every few seconds, and each update replaces the bundle.
 *
 * @see spire-controller-manager pkg/spireapi/types.go ValidateBundleEndpointURL and FederationRelationship.Equal
 */
export const bundleEndpointUrl: Format = {
  what: 'the URL of a bundle endpoint',
  example: 'https://spire.partner.example:8443/',
  pattern: '^[hH][tT][tT][pP][sS]://[^\\s@/?#]+([/?#].*)?$',
  check: (text) => {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'it has a line break or another control character';
    const [scheme, rest] = split(text, '://');
    if (rest === undefined || !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return 'it cannot be read';
    if (scheme.toLowerCase() !== 'https') return 'bundle endpoints speak https alone';
    const { authority, path } = partsOf(rest);
    if (authority.includes('@')) return 'user information is not allowed';
    if (/%(?![0-9a-f]{2})/i.test(path)) return 'its path has a "%" without two hexadecimal digits';
    return checkAuthority(authority);
  },
  canonical: (text) => {
    const { authority, path, after } = partsOf(split(text, '://')[1] ?? '');
    const { host, port } = endpointOf(authority);
    const name = isIPv6(canonicalHost(host)) ? `[${canonicalHost(host)}]` : canonicalHost(host);
    return `https://${name}${port === '' ? '' : `:${Number(port)}`}${escaped(path)}${escaped(after)}`;
  },
};

/** The path of a canonical URL; `/` is the only one that a SPIRE server answers. */
export function pathOf(url: string): string {
  return partsOf(split(url, '://')[1] ?? '').path;
}

function split(text: string, by: string): readonly [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}

interface UrlParts {
  /** Host and port. */
  readonly authority: string;
  /** Empty where there is none. */
  readonly path: string;
  /** Query and fragment, each with the character before it; empty without. */
  readonly after: string;
}

/** What follows `https://`. */
function partsOf(rest: string): UrlParts {
  const [, authority = '', path = '', after = ''] = /^([^/?#]*)([^?#]*)(.*)$/s.exec(rest) ?? [];
  return { authority, path, after };
}

function endpointOf(authority: string): { readonly host: string; readonly port: string } {
  const [, literal, name, port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(authority) ?? [];
  return { host: literal ?? name ?? '', port };
}

function checkAuthority(authority: string): string | undefined {
  const { host, port } = endpointOf(authority);
  if (host === '') return authority === '' ? 'it has no host' : 'its host or port cannot be read';
  if (host.includes('%')) return 'a zone means something on one machine only';
  if (authority.startsWith('[') !== isIPv6(host)) return 'an IPv6 address stands in brackets, and nothing else does';
  if (port !== '' && !(Number(port) >= 1 && Number(port) <= 65_535)) return 'its port is not one from 1 to 65535';
  return isIP(host) ? whyUnreachable(host) : (checkName(canonicalHost(host)) ?? whyLocal(host));
}

/** DNS allows underscores, which only names of hosts do not have. */
function checkName(name: string): string | undefined {
  const reason = hostName.check(name.replaceAll('_', 'x'));
  return reason && `its host is no DNS name: ${reason}`;
}

/** Lower case, and punycode where the name has other letters than those of ASCII. */
function canonicalHost(host: string): string {
  const isAscii = [...host].every((character) => character < '\u0080');
  return isAscii ? canonicalIp(host.toLowerCase()) : domainToASCII(host);
}

/** Percent-encodes what Go percent-encodes when it writes a path. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9._~!$&'()*+,;=:@/?#[\]%-]/gu, encodeURIComponent);
}
