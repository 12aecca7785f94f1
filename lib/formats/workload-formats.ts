/** Formats of the host and the request paths of a workload in a fleet file. */
import { whyLocal } from './address-formats';
import { whyNotInSvid } from './dns-names';
import { type Format, hostName } from './formats';

/**
 * The host name by which other clusters call a workload. It is a DNS name in the gateway's SVID and a host of an Istio Gateway.
 *
 * @see istio pkg/config/validation/agent/validation.go validateSidecarOrGatewayHostnamePart, which refuses single labels
 */
export const workloadHost: Format = {
  ...hostName,
  what: 'a host name',
  check: (text) => hostName.check(text) ?? whyClusterOnly(text) ?? whyNotInSvid(text),
};

/** Returns why a name is resolved inside each cluster, so that it cannot lead to another cluster. */
function whyClusterOnly(name: string): string | undefined {
  if (!name.includes('.')) return 'Istio refuses a name without a dot';
  const local = whyLocal(name);
  if (local !== undefined) return local;
  return /\.svc$|(^|\.)(cluster|clusterset)\.local$/.test(name)
    ? "it is the name of a Service, which each cluster's own DNS resolves"
    : undefined;
}

/** Characters of a URL path. @see RFC 3986 section 3.3, plus brackets, which browsers send unescaped */
const PATH_CHARACTERS = "A-Za-z0-9._~!$&'()+,;=:@%/[\\]-";

/**
 * A request path: exact, or a prefix if it ends in `*`. Envoy compares it with the normalized path of a request, so a path
 * that is not normalized would never match.
 *
 * @see istio pathNormalization DECODE_AND_MERGE_SLASHES; envoy source/common/http/path_utility.cc
 */
export const route: Format = {
  what: 'a request path',
  example: '/static*',
  pattern: `^/[${PATH_CHARACTERS}]*\\*?$`,
  check: (text) => {
    if (!text.startsWith('/')) return 'it does not begin with "/"';
    if (/[?#]/.test(text)) return 'routes match only the path, not a query or fragment';
    const path = text.replace(/\*$/, '');
    if (path.includes('*')) return '"*" is allowed only at its end';
    if (!new RegExp(`^[${PATH_CHARACTERS}]*$`).test(path)) {
      return 'it has a blank, a control character or another character that must be percent-encoded, such as %20 for a blank';
    }
    return checkEscapes(path) ?? checkSegments(path.split('/').slice(1), path !== text);
  },
};

/** Refuses escapes that Envoy decodes before it compares paths, and those for which Envoy rejects a request. */
function checkEscapes(path: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(path)) return 'it has a "%" without two hexadecimal digits';
  for (const [encoded, digits = ''] of path.matchAll(/%([0-9A-Fa-f]{2})/g)) {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (character === '\u0000') return 'it has a NUL (%00), which is not allowed in a request path';
    if (character === '/' || character === '\\') return `Envoy reads ${encoded} as "/"; write "/"`;
    if (/[A-Za-z0-9._~-]/.test(character)) return `Envoy decodes ${encoded} to "${character}"; write "${character}"`;
  }
  return undefined;
}

/** Refuses segments that Envoy normalizes. Does not check the last segment of a prefix, which can be the start of a longer one. */
function checkSegments(segments: readonly string[], isPrefix: boolean): string | undefined {
  if (segments.slice(0, -1).includes(''))
    return 'it has an empty segment ("//"), and Envoy merges slashes before it compares paths';
  const whole = isPrefix ? segments.slice(0, -1) : segments;
  return whole.includes('.') || whole.includes('..')
    ? 'it has a segment "." or "..", which Envoy resolves before it compares paths'
    : undefined;
}
