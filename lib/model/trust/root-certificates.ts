/** Reads the root certificates of a trust domain and says what makes them unfit to be one. */
import { X509Certificate } from 'node:crypto';
import { holdsPrivateKey } from '../../problems/private-keys';
import type { Place, ProblemFacts, Report } from '../../problems/problem';
import { problem } from '../../problems/problem';
import type { SvidNames } from './name-constraints';
import { type SigningFlaw, signingFlawOf, weakSignatureOf } from './signing-limits';

export interface RootFile {
  /** As written in the fleet. */
  readonly file: string;
  readonly text: string;
  readonly trustDomain: string;
  /** DNS names that its SVIDs get beside their SPIFFE ID. @default - none */
  readonly dnsNames?: SvidNames['dnsNames'];
  /** What a problem with it is about: where the fleet names the file, or the file itself. */
  readonly place: Place;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

/** The certificates of a PEM file, or undefined after reporting why they cannot be the roots of this trust domain. */
export function readRoots(root: RootFile, now: Date, report: Report): readonly X509Certificate[] | undefined {
  const { file, text, place } = root;
  if (holdsPrivateKey(text)) {
    report(problem(place, 'private-key-in-file', { file }));
    return undefined;
  }
  const [, ...blocks] = text.split(BEGIN);
  if (blocks.length === 0) {
    report(problem(place, 'invalid-root', { file, reason: 'it holds no certificate' }));
    return undefined;
  }
  const certificates = blocks.map((block) => (block.includes(END) ? parse(`${BEGIN}${block}`) : undefined));
  if (certificates.some((certificate) => certificate === undefined)) {
    report(problem(place, 'invalid-root', { file, reason: 'a certificate in it cannot be decoded' }));
    return undefined;
  }
  const roots = certificates as X509Certificate[];
  const twice = roots.map(fingerprint).find((print, index, all) => all.indexOf(print) < index);
  if (twice !== undefined) {
    report(problem(place, 'root-twice', { file, fingerprint: `${twice.slice(0, 23)}…` }));
    return undefined;
  }
  return roots.map((certificate) => isFitRoot(certificate, root, now, report)).every(Boolean) ? roots : undefined;
}

/** The certificates of a PEM text that has been read before. */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  return pem
    .split(BEGIN)
    .slice(1)
    .map((block) => new X509Certificate(`${BEGIN}${block}`));
}

/** SHA-256 of the certificate, as openssl and browsers show it. */
export function fingerprint(certificate: X509Certificate): string {
  return certificate.fingerprint256;
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isFitRoot(certificate: X509Certificate, root: RootFile, now: Date, report: Report): boolean {
  const { file, place, trustDomain } = root;
  const signing = signingFlawOf(certificate, root);
  const ofKey = signing !== undefined && signing.about !== 'certificate';
  const flaw = ofKey && certificate.ca ? undefined : flawOf(certificate);
  if (flaw !== undefined) {
    const [subject, issuer] = [certificate.subject, certificate.issuer].map(nameText) as [string, string];
    report(problem(place, 'root-not-ca', { file, subject, issuer, flaw }));
    return false;
  }
  if (ofKey) {
    reportSigning(signing, root, report);
    return false;
  }
  const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (notAfter <= now) {
    report(problem(place, 'root-expired', { file, notAfter: notAfter.toISOString() }));
    return false;
  }
  if (notBefore > now) {
    report(problem(place, 'root-not-yet-valid', { file, notBefore: notBefore.toISOString() }));
    return false;
  }
  const foreign = trustDomainsOf(certificate).find((named) => named !== trustDomain);
  if (foreign !== undefined) {
    report(problem(place, 'foreign-root', { file, belongsTo: foreign, trustDomain }));
    return false;
  }
  if (signing !== undefined) {
    reportSigning(signing, root, report);
    return false;
  }
  const weak = weakSignatureOf(certificate);
  if (weak !== undefined) report(problem(place, 'root-signed-weakly', { file, algorithm: weak }));
  return true;
}

function reportSigning({ about, flaw, remedy }: SigningFlaw, { file, place }: RootFile, report: Report): void {
  report(
    about === 'kind of key'
      ? problem(place, 'invalid-root', { file, reason: flaw })
      : problem(place, 'root-cannot-sign', { file, flaw, remedy }),
  );
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

/** Trust domains a certificate names in its URI SANs; a root of a PKI that knows no SPIFFE names none. */
export function trustDomainsOf(certificate: X509Certificate): readonly string[] {
  return spiffeIdsOf(certificate).map((id) => id.split('/')[2] ?? '');
}

/** SPIFFE IDs, of trust domains or of workloads, in the URI SANs of a certificate. */
export function spiffeIdsOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/URI:(spiffe:\/\/[^,\s]+)/g)].map((match) => match[1] ?? '');
}
