/** Checks DNS names by the rules of SPIRE for names in an SVID. SPIRE refuses a registration entry that has one invalid name. */
import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * Returns why SPIRE would refuse a DNS name, or undefined if it would not.
 *
 * @param name in lower case, with labels of at most 63 letters, digits and hyphens
 *
 * @see spire pkg/common/x509util/dns.go ValidateLabel: golang.org/x/net/idna with CheckHyphens, ValidateLabels and BidiRule
 */
export function whyNotInSvid(name: string): string | undefined {
  const labels = name.split('.');
  const decoded = labels.map((label) => (label.startsWith('xn--') ? decode(label) : label));
  const bad = labels.find((_label, index) => !isValid(decoded[index]));
  if (bad?.startsWith('xn--')) return `${JSON.stringify(bad)} is not valid punycode, and SPIRE refuses it`;
  if (bad !== undefined) {
    return `${JSON.stringify(bad)} has "--" as its third and fourth character, which SPIRE accepts only in punycode (xn--)`;
  }
  return decoded.some((label) => RIGHT_TO_LEFT.test(label ?? '')) && !decoded.every(hasOneDirection)
    ? 'SPIRE refuses names that mix left-to-right and right-to-left labels, or that have right-to-left letters beside a label with a leading digit (RFC 5893)'
    : undefined;
}

/** The characters ≠, ≮ and ≯, which decompose to "=", "<" and ">". x/net/idna refuses them, Node.js does not. */
const COMPARISONS = /[\u2260\u226e\u226f]/;

/** The Unicode text of a punycode label. Undefined if the label is no punycode, or not the canonical punycode of its text. */
function decode(label: string): string | undefined {
  const text = domainToUnicode(label);
  const isAscii = [...text].every((character) => character < '\u0080');
  return isAscii || COMPARISONS.test(text) || domainToASCII(text) !== label ? undefined : text;
}

function isValid(label: string | undefined): boolean {
  return label !== undefined && !/^-|-$/.test(label) && label.slice(2, 4) !== '--';
}

/** Hebrew, Arabic and all other scripts that run from right to left, with their digits and marks. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const RIGHT_TO_LEFT_LABEL =
  /^(?=\p{L})[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}][\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{M}0-9-]*$/u;

/** Whether a label passes the Bidi rule, RFC 5893 section 2. */
function hasOneDirection(label: string | undefined = ''): boolean {
  if (!RIGHT_TO_LEFT.test(label)) return /^\p{L}/u.test(label);
  const mixesDigits = /[0-9\u06f0-\u06f9]/.test(label) && /[\u0660-\u0669]/.test(label);
  return RIGHT_TO_LEFT_LABEL.test(label) && !mixesDigits;
}
