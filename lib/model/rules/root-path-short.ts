/** Finds roots whose path length does not allow an intermediate. */
import type { X509Certificate } from 'node:crypto';
import type { FleetPath } from '../../problems/problem';
import { readCertificateFields } from '../trust/certificate-fields';
import { definePartRule } from './rule';

/** The roots of a cluster. */
export interface RootPath {
  readonly roots: readonly X509Certificate[];
  /** As written in the fleet. */
  readonly file: string;
  readonly place: FleetPath;
  /** CAs between a root and an SVID if the Secret holds the root itself: one, or two if clusters are nested below. */
  readonly casBelow: number;
}

export const rootPathShort = definePartRule({
  code: 'root-path-short',
  severity: 'error',
  waivable: true,
  looksFor: 'a root whose path length does not allow an intermediate between it and the CA of the SPIRE server',
  why: 'if the Secret holds an intermediate, the SPIRE server starts and then refuses the CA that the intermediate issues. smallstep makes such roots by default.',
  source: 'spire pkg/server/ca/validation.go validateX509CA; spiffe/spire#5828; smallstep/crypto x509util/templates.go',
  example: { file: 'trust/cluster1.demo.pem', pathLength: 1, needed: 2, nested: false },
  check: ({ roots, file, place: path, casBelow }: RootPath) => {
    const lengths = roots.map((root) => readCertificateFields(root)?.pathLength ?? Number.POSITIVE_INFINITY);
    const pathLength = Math.min(...lengths);
    return pathLength > casBelow
      ? undefined
      : { place: { path }, facts: { file, pathLength, needed: casBelow + 1, nested: casBelow > 1 } };
  },
});
