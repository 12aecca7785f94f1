/** What an intermediate CA must be that a SPIRE server signs with. */
import type { ServerFacts } from '../server-facts';

/**
 * What SPIRE, Go and Envoy accept between the root and the server's CA, as the end of a sentence; they ask the same of the root.
 * @see signing-limits.ts
 */
export function demandsOnIntermediate({ trustDomain, nestedRootPem }: ServerFacts): string {
  return [
    'a key on P-256, P-384 or P-521 or an RSA key of 2048 bits or more',
    'a signature with SHA-256 or better',
    `no path length or one of at least ${nestedRootPem === undefined ? 1 : 2}`,
    'no extended key usages or both serverAuth and clientAuth',
    `and no name constraints that leave out \`spiffe://${trustDomain}\``,
  ].join(', ');
}
