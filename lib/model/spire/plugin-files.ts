/** Reads the certificates that settings of plugins name. */
import type { X509Certificate } from 'node:crypto';
import { holdsPrivateKey } from '../../problems/private-keys';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import type { PluginFile } from '../../spire-plugins/plugin';
import { certificatesIn } from '../trust/certificates';
import type { Surroundings } from '../trust/resolve-trust';

/** A file that a plugin names, and where the fleet names it. */
export type NamedPluginFile = Omit<PluginFile, 'place'> & { readonly place: FleetPath };

/** Text of a file, or undefined after a report of why it cannot be used. */
export type ReadPluginFile = (file: NamedPluginFile) => string | undefined;

export function pluginFileReader({ readTrustFile, now }: Surroundings, report: Report): ReadPluginFile {
  return ({ path: file, place, what }) => {
    const read = readTrustFile(file, place);
    if (!('text' in read)) {
      report('problem' in read ? read.problem : problemAt(place, 'file-missing', { what, file }));
      return undefined;
    }
    if (holdsPrivateKey(read.text)) {
      report(problemAt(place, 'private-key-in-file', { file }));
      return undefined;
    }
    const reason = whyUnusable(read.text, now);
    if (reason === undefined) return read.text;
    report(problemAt(place, 'invalid-certificates', { file, what, reason }));
    return undefined;
  };
}

/** Why a text is not PEM of certificates that are valid now, or undefined if it is. */
function whyUnusable(pem: string, now: Date): string | undefined {
  let certificates: readonly X509Certificate[];
  try {
    certificates = certificatesIn(pem);
  } catch {
    return 'a certificate in it cannot be decoded';
  }
  if (certificates.length === 0) return 'it contains no certificate';
  const isOver = certificates.every(({ validTo }) => new Date(validTo) < now);
  return isOver ? 'every certificate in it has ended' : undefined;
}
