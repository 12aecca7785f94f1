/** Parses the root certificates of a trust domain and reports those that cannot be roots. */
import { X509Certificate } from 'node:crypto';
import { holdsPrivateKey } from '../../problems/private-keys';
import type { Place, Problem, ProblemFacts, Report } from '../../problems/problem';
import { problem } from '../../problems/problem';
import { foreignRoot } from '../rules/foreign-root';
import { rootCannotSign } from '../rules/root-cannot-sign';
import { rootExpired } from '../rules/root-expired';
import { rootSignedWeakly } from '../rules/root-signed-weakly';
import { rootTwice } from '../rules/root-twice';
import { BEGIN } from './certificates';
import { type SigningFlaw, type SvidChain, signingFlawOf } from './signing-limits';

/** A file with root certificates, and the SVIDs that have to verify under them. */
export interface RootFile extends SvidChain {
  /** As written in the fleet. */
  readonly file: string;
  readonly text: string;
  /** What a problem with it is about: where the fleet names the file, or the file itself. */
  readonly place: Place;
}

const END = '-----END CERTIFICATE-----';

/**
 * The certificates of a PEM file, or undefined after reporting why they cannot be the roots of this trust domain.
 * @param now undefined where the certificates may be of any time
 */
export function readRoots(
  root: RootFile,
  now: Date | undefined,
  report: Report,
): readonly X509Certificate[] | undefined {
  const { file, text, place } = root;
  if (holdsPrivateKey(text)) {
    report(problem(place, 'private-key-in-file', { file }));
    return undefined;
  }
  const [, ...blocks] = text.split(BEGIN);
  if (blocks.length === 0) {
    report(problem(place, 'invalid-root', { file, reason: 'it contains no certificate' }));
    return undefined;
  }
  const certificates = blocks.map((block) => (block.includes(END) ? parse(`${BEGIN}${block}`) : undefined));
  if (certificates.some((certificate) => certificate === undefined)) {
    report(problem(place, 'invalid-root', { file, reason: 'a certificate in it cannot be decoded' }));
    return undefined;
  }
  const roots = certificates as X509Certificate[];
  const twice = rootTwice.problemOf({ roots, root });
  if (twice !== undefined) {
    report(twice);
    return undefined;
  }
  return roots.map((certificate) => isFitRoot(certificate, root, now, report)).every(Boolean) ? roots : undefined;
}

/** The roots that a program gives as a text, of any time. */
export function readGivenRoots(
  text: string,
  trustDomain: string,
  report: Report,
): readonly X509Certificate[] | undefined {
  return readRoots({ file: 'root', text, trustDomain, place: { path: ['root'] } }, undefined, report);
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** One certificate of a root file. */
export interface RootCandidate {
  readonly certificate: X509Certificate;
  readonly root: RootFile;
  /** Undefined if it can sign. */
  readonly signing?: SigningFlaw;
  /** Absent where the certificate may be of any time. */
  readonly now?: Date;
}

function isFitRoot(certificate: X509Certificate, root: RootFile, now: Date | undefined, report: Report): boolean {
  const candidate = { certificate, root, signing: signingFlawOf(certificate, root), now };
  const fault = faultOf(candidate);
  if (fault !== undefined) {
    report(fault);
    return false;
  }
  // A weak signature can be waived, so the root is used in spite of it.
  const weak = rootSignedWeakly.problemOf(candidate);
  if (weak !== undefined) report(weak);
  return true;
}

/** The first reason why a certificate cannot be used as a root. */
function faultOf(candidate: RootCandidate): Problem | undefined {
  const { certificate, root, signing } = candidate;
  if (signing !== undefined && signing.about !== 'certificate') {
    // Signatures of an unusable key cannot be verified.
    return certificate.ca ? unusableKey(candidate) : notCa(certificate, root);
  }
  return (
    notCa(certificate, root) ??
    rootExpired.problemOf(candidate) ??
    notYetValid(candidate) ??
    foreignRoot.problemOf(candidate) ??
    rootCannotSign.problemOf(candidate)
  );
}

function unusableKey(candidate: RootCandidate): Problem | undefined {
  const { root, signing } = candidate;
  return signing?.about === 'kind of key'
    ? problem(root.place, 'invalid-root', { file: root.file, reason: signing.flaw })
    : rootCannotSign.problemOf(candidate);
}

function notYetValid({ certificate, root: { file, place }, now }: RootCandidate): Problem | undefined {
  const notBefore = new Date(certificate.validFrom);
  return now !== undefined && notBefore > now
    ? problem(place, 'root-not-yet-valid', { file, notBefore: notBefore.toISOString() })
    : undefined;
}

function notCa(certificate: X509Certificate, { file, place }: RootFile): Problem | undefined {
  const flaw = flawOf(certificate);
  if (flaw === undefined) return undefined;
  const [subject, issuer] = [certificate.subject, certificate.issuer].map(nameText) as [string, string];
  return problem(place, 'root-not-ca', { file, subject, issuer, flaw });
}

/** Why a certificate is no root at all. */
function flawOf(certificate: X509Certificate): ProblemFacts['root-not-ca']['flaw'] | undefined {
  if (!certificate.ca) return 'no-ca';
  if (isSelfSigned(certificate)) return undefined;
  return certificate.issuer === certificate.subject ? 'not-signed-by-itself' : 'signed-by-another';
}

/** A name of X.509 in one line. */
function nameText(name: string | undefined): string {
  return name?.replaceAll('\n', ', ') || '(empty name)';
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}
