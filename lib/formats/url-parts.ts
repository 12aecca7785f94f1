/** Splits URLs as Go's net/url does, since SPIRE, Flux and Argo CD use it. */
import { isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { whyLocal } from './address-formats';
import { hostName } from './formats';
import { canonicalIp } from './ip-addresses';
import { whyUnreachable } from './special-addresses';

export interface UrlParts {
  /** In lower case. */
  readonly scheme: string;
  /** The text before "@". Undefined if there is no "@". */
  readonly user?: string;
  /** Host and port. */
  readonly authority: string;
  /** Empty where there is none. */
  readonly path: string;
  /** Query and fragment with their leading "?" and "#". Empty if there are none. */
  readonly after: string;
}

/** Undefined for a text that is no URL with a scheme and an authority. */
export function urlPartsOf(text: string): UrlParts | undefined {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return undefined;
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#@]*)([^?#]*)(.*)$/is.exec(text);
  if (parts === null) return undefined;
  const [, scheme = '', user, authority = '', path = '', after = ''] = parts;
  return { scheme: scheme.toLowerCase(), user, authority, path, after };
}

/** Returns why no client can connect to a host and port, or undefined if one can. */
export function whyNoEndpoint(authority: string): string | undefined {
  const { host, port } = endpointOf(authority);
  if (host === '') return authority === '' ? 'it has no host' : 'its host or port is malformed';
  if (host.includes('%')) return 'it has a zone ("%"), which is valid on one machine only';
  if (authority.startsWith('[') !== isIPv6(host)) return 'only an IPv6 address is written in brackets, and it must be';
  if (port !== '' && !(Number(port) >= 1 && Number(port) <= 65_535)) return 'its port is not from 1 to 65535';
  return isIP(host) ? whyUnreachable(host) : (whyNoName(canonicalHost(host)) ?? whyLocal(host));
}

/** The canonical form of a valid host and port. */
export function canonicalAuthority(authority: string): string {
  const { host, port } = endpointOf(authority);
  const name = canonicalHost(host);
  return `${isIPv6(name) ? `[${name}]` : name}${port === '' ? '' : `:${Number(port)}`}`;
}

function endpointOf(authority: string): { readonly host: string; readonly port: string } {
  const [, literal, name, port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(authority) ?? [];
  return { host: literal ?? name ?? '', port };
}

/** Returns why a host name is invalid. Underscores are allowed: DNS has them, though names of hosts do not. */
function whyNoName(name: string): string | undefined {
  const reason = hostName.check(name.replaceAll('_', 'x'));
  return reason && `its host is not a DNS name: ${reason}`;
}

/** Lower case, with labels outside of ASCII in punycode. */
function canonicalHost(host: string): string {
  const isAscii = [...host].every((character) => character < '\u0080');
  return isAscii ? canonicalIp(host.toLowerCase()) : domainToASCII(host);
}
