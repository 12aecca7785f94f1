/** Formats of URLs in a fleet file. */

import { required } from '../invariants/required';
import type { Format } from './formats';
import { canonicalAuthority, urlPartsOf, whyNoEndpoint } from './url-parts';

/**
 * URL of a bundle endpoint, read as Go's net/url reads it.
 *
 * Its canonical form is what Go renders after parsing it. The controller manager compares the URL of the resource with the URL
 * that the SPIRE server returns. If they differ, it updates the server every few seconds, and each update replaces the bundle.
 *
 * @see spire-controller-manager pkg/spireapi/types.go ValidateBundleEndpointURL and FederationRelationship.Equal
 */
export const bundleEndpointUrl: Format = {
  what: 'the URL of a bundle endpoint',
  example: 'https://spire.partner.example:8443/',
  pattern: '^[hH][tT][tT][pP][sS]://[^\\s@/?#]+([/?#].*)?$',
  check: (text) => {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'it has a line break or another control character';
    const parts = urlPartsOf(text);
    if (parts === undefined) return 'it cannot be parsed as a URL';
    if (parts.scheme !== 'https') return 'bundle endpoints are served over https only';
    if (parts.user !== undefined) return 'user information is not allowed';
    if (/%(?![0-9a-f]{2})/i.test(parts.path)) return 'its path has a "%" without two hexadecimal digits';
    return whyNoEndpoint(parts.authority);
  },
  canonical: (text) => {
    const { authority, path, after } = required(urlPartsOf(text), `the parts of ${text}`);
    return `https://${canonicalAuthority(authority)}${escaped(path)}${escaped(after)}`;
  },
};

/**
 * The issuer of JWT-SVIDs, which verifiers compare byte by byte, so it has no canonical form.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html section 3: https, without query and fragment
 */
export const jwtIssuer: Format = {
  what: 'the URL of an issuer',
  example: 'https://oidc.example.org',
  pattern: '^https://[^\\s@?#]+$',
  check: (text) => {
    if (/[\p{Cc}\p{Cs}\s]/u.test(text)) return 'it has a blank, a line break or another control character';
    const parts = urlPartsOf(text);
    if (parts === undefined) return 'it cannot be parsed as a URL';
    if (parts.scheme !== 'https') return 'verifiers fetch its keys over https only';
    if (parts.user !== undefined) return 'user information is not allowed';
    if (/[?#]/.test(text)) return 'a query or fragment is not allowed';
    if (text.includes('$')) return 'it has a "$", and SPIRE and Flux replace variables';
    return whyNoEndpoint(parts.authority);
  },
};

/**
 * URL from which agents fetch the bundle that they start from.
 *
 * @see spire cmd/spire-agent/cli/run/run.go validate, which takes https only
 */
export const trustBundleUrl: Format = {
  what: 'the URL of a trust bundle',
  example: 'https://trust.example.org/bundle.pem',
  pattern: '^https://[^\\s@?#]+(\\?[^\\s#]*)?$',
  check: (text) => {
    if (/[\p{Cc}\p{Cs}\s]/u.test(text)) return 'it has a blank, a line break or another control character';
    const parts = urlPartsOf(text);
    if (parts === undefined) return 'it cannot be parsed as a URL';
    if (parts.scheme !== 'https') return 'agents fetch the bundle over https only';
    if (parts.user !== undefined) return 'user information is not allowed';
    if (text.includes('#')) return 'a fragment is not allowed';
    if (text.includes('$')) return 'it has a "$", and Flux replaces variables';
    return whyNoEndpoint(parts.authority);
  },
};

/** The path of a canonical URL: empty, or a text that begins with "/". SPIRE servers answer only the path `/`. */
export function pathOf(url: string): string {
  return required(urlPartsOf(url), `the path of ${url}`).path;
}

/** Percent-encodes what Go percent-encodes when it writes a path. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9._~!$&'()*+,;=:@/?#[\]%-]/gu, encodeURIComponent);
}
