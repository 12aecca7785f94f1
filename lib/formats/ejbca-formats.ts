/** Formats of names in EJBCA. */
import type { Format } from './formats';

/** Name of a CA, a profile or an account. SPIRE sends it as it is. */
export const ejbcaName: Format = {
  what: 'a name in EJBCA',
  example: 'Shop Issuing CA',
  pattern: '^\\S(.*\\S)?$',
  check: (text) => {
    if (/\p{Cc}|\p{Cs}/u.test(text)) return 'it has a line break or another control character';
    if (text.includes('$')) return 'it has a "$", and SPIRE and Flux replace variables';
    if (/[`|]/.test(text)) return 'Markdown does not show "`" and "|" as they are';
    return text === '' || text !== text.trim() ? 'it is empty, or begins or ends with a blank' : undefined;
  },
};

/** Name of an end entity, or the part of the request that has it. @see spire ejbca.go getEndEntityName */
export const ejbcaEntity: Format = {
  ...ejbcaName,
  what: 'an end entity of EJBCA',
  example: 'spire-east',
  check: (text) =>
    text === 'dns' || text === 'ip'
      ? 'the request of a SPIRE server has a common name and a URI, and no DNS name or address'
      : ejbcaName.check(text),
};
