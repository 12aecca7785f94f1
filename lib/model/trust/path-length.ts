/** Checks that the path length of a root allows the CAs between it and an SVID. */
import type { X509Certificate } from 'node:crypto';
import type { FleetPath, Problem } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import { readCertificateFields } from './certificate-fields';

export interface RootUse {
  /** As written in the fleet. */
  readonly file: string;
  readonly place: FleetPath;
  /** Whether the servers of other clusters stand below that of this one. */
  readonly nested: boolean;
}

/**
 * The problem of a root whose path length ends before an SVID; undefined where it is long enough.
 * Between root and SVID stand the intermediate of the Secret, the CA of the server, and that of a nested server.
 * @see Go crypto/x509 verify.go, isValid: all CAs below the root count
 */
export function pathLengthProblem(
  roots: readonly X509Certificate[],
  { file, place, nested }: RootUse,
): Problem | undefined {
  const lengths = roots.map((root) => readCertificateFields(root)?.pathLength ?? Number.POSITIVE_INFINITY);
  const pathLength = Math.min(...lengths);
  const needed = nested ? 3 : 2;
  if (pathLength >= needed) return undefined;
  // One CA less stands below it where the Secret holds the root itself.
  if (pathLength === needed - 1) return problemAt(place, 'root-path-short', { file, pathLength, needed, nested });
  const below = nested ? 'the CAs of its server and of nested servers stand' : 'the CA of its server stands';
  return problemAt(place, 'root-cannot-sign', {
    file,
    flaw: `its path length is ${pathLength}, and ${below} between it and every SVID`,
    remedy: `take a root without a path length, or with one of at least ${needed}`,
  });
}
