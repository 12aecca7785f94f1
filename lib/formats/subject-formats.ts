/** Formats of the parts of a certificate's subject. */
import type { Format } from './formats';

/** Country in the subject of a certificate. @see RFC 5280 appendix A.1, ISO 3166 */
export const country: Format = {
  what: 'a country code',
  example: 'DE',
  pattern: '^[A-Z]{2}$',
  check: (text) => (/^[A-Z]{2}$/.test(text) ? undefined : 'write two capital letters'),
};

/** Organization or common name in the subject of a certificate: at most 64 characters. @see RFC 5280 appendix A.1 */
export const nameAttribute: Format = {
  what: 'a name in the subject of a certificate',
  example: 'Shop',
  pattern: '^\\S(.{0,62}\\S)?$',
  check: (text) => {
    if (text.length > 64) return 'it is longer than 64 characters';
    if (/\p{Cc}|\p{Cs}/u.test(text)) return 'it has a line break or another control character';
    if (text.includes('$')) return 'it has a "$", and SPIRE and Flux replace variables';
    return text === '' || text !== text.trim() ? 'it is empty, or begins or ends with a blank' : undefined;
  },
};
