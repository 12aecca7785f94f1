/** Takes URLs apart as Go's net/url does, which SPIRE, Flux and Argo CD read them with. */
import { isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { whyLocal } from './address-formats';
import { hostName } from './formats';
import { canonicalIp, whyUnreachable } from './ip-addresses';

export interface UrlParts {
  /** In lower case. */
  readonly scheme: string;
  /** What stands before "@"; undefined without one. */
  readonly user?: string;
  /** Host and port. */
  readonly authority: string;
  /** Empty where there is none. */
  readonly path: string;
  /** Query and fragment, each with the character before it; empty without. */
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

/** Says why nobody can connect to a host and port, or nothing where somebody can. */
export function whyNoEndpoint(authority: string): string | undefined {
  const { host, port } = endpointOf(authority);
  if (host === '') return authority === '' ? 'it has no host' : 'its host or port cannot be read';
  if (host.includes('%')) return 'a zone means something on one machine only';
  if (authority.startsWith('[') !== isIPv6(host)) return 'an IPv6 address stands in brackets, and nothing else does';
  if (port !== '' && !(Number(port) >= 1 && Number(port) <= 65_535)) return 'its port is not one from 1 to 65535';
  return isIP(host) ? whyUnreachable(host) : (whyNoName(canonicalHost(host)) ?? whyLocal(host));
}

/** Host and port in their one spelling; the authority must be one that fits. */
export function canonicalAuthority(authority: string): string {
  const { host, port } = endpointOf(authority);
  const name = canonicalHost(host);
  return `${isIPv6(name) ? `[${name}]` : name}${port === '' ? '' : `:${Number(port)}`}`;
}

function endpointOf(authority: string): { readonly host: string; readonly port: string } {
  const [, literal, name, port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(authority) ?? [];
  return { host: literal ?? name ?? '', port };
}

/** DNS allows underscores, which only names of hosts do not have. */
function whyNoName(name: string): string | undefined {
  const reason = hostName.check(name.replaceAll('_', 'x'));
  return reason && `its host is no DNS name: ${reason}`;
}

/** Lower case, and punycode where the name has other letters than those of ASCII. */
function canonicalHost(host: string): string {
  const isAscii = [...host].every((character) => character < '\u0080');
  return isAscii ? canonicalIp(host.toLowerCase()) : domainToASCII(host);
}
