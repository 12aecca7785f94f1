/** Finds files that hold one root twice. */
import type { X509Certificate } from 'node:crypto';
import { fingerprint, shortFingerprint } from '../trust/certificates';
import type { RootFile } from '../trust/root-certificates';
import { definePartRule } from './rule';

export const rootTwice = definePartRule({
  code: 'root-twice',
  severity: 'error',
  looksFor: 'a root file that holds the same certificate twice',
  why: 'during a rotation a root file holds the old and the new root. If one of them is there twice, the other is probably missing, and peers refuse every SVID under it.',
  source: 'spire pkg/common/x509util DedupeCertificates',
  example: { file: 'trust/cluster1.demo.pem', fingerprint: '5B:21:…' },
  check: ({
    roots,
    root: { file, place },
  }: {
    readonly roots: readonly X509Certificate[];
    readonly root: RootFile;
  }) => {
    const twice = roots.map(fingerprint).find((print, index, all) => all.indexOf(print) < index);
    return twice === undefined ? undefined : { place, facts: { file, fingerprint: shortFingerprint(twice) } };
  },
});
