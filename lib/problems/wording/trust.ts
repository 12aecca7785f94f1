/** Messages for trust material. */
import type { ProblemFacts } from '../problem';
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** For each flaw, why the certificate is no root and what to do about it. */
const NOT_ROOT: Readonly<
  Record<ProblemFacts['root-not-ca']['flaw'], (issuer: string) => { readonly is: string; readonly hint: string }>
> = {
  'no-ca': () => ({ is: 'it is no CA', hint: 'name the root of the chain, whose basic constraints say CA:TRUE' }),
  'signed-by-another': (issuer) => ({
    is: `${issuer} signed it`,
    hint: `name the certificate of ${issuer}, or of who signed that`,
  }),
  'not-signed-by-itself': () => ({
    is: 'its own key did not sign it',
    hint: 'take it anew from where it came: the file is damaged, or not what it says',
  }),
};

export const trustWording: WordingOf<
  | 'private-key-in-file'
  | 'invalid-root'
  | 'root-expired'
  | 'root-not-yet-valid'
  | 'root-not-ca'
  | 'root-cannot-sign'
  | 'root-twice'
  | 'root-signed-weakly'
  | 'root-path-short'
  | 'foreign-root'
  | 'shared-root'
  | 'invalid-bundle'
  | 'unseeded-bundle'
> = {
  'private-key-in-file': ({ file }) => ({
    sentence: `${['the fleet file', 'standard input'].includes(file) ? file : quoted(file)} contains a private key`,
    hint:
      file === 'standard input'
        ? 'take the key out of the manifest'
        : 'take the key out of the file, and out of the Git history if it was committed; only certificates belong here',
  }),
  'invalid-root': ({ file, reason }) => ({
    sentence: `${quoted(file)} is not a root certificate in PEM form: ${reason}`,
    hint: 'name a PEM file with one or more root CA certificates',
  }),
  'root-expired': ({ file, notAfter }, _whereIs, own) => ({
    sentence: `the root certificate in ${quoted(file)} expired on ${notAfter}`,
    hint: `make a new root with ${own('root CLUSTER --rotate')}, or take a valid one from your CA`,
  }),
  'root-not-yet-valid': ({ file, notBefore }) => ({
    sentence: `the root certificate in ${quoted(file)} is not valid before ${notBefore}`,
    hint: 'check the clock, or use a root that is valid now',
  }),
  'root-not-ca': ({ file, subject, issuer, flaw }) => {
    const { is, hint } = NOT_ROOT[flaw](issuer);
    return { sentence: `${quoted(file)} holds a certificate that is no root, since ${is}: ${subject}`, hint };
  },
  'root-cannot-sign': ({ file, flaw, remedy }) => ({
    sentence: `the root certificate in ${quoted(file)} cannot sign SVIDs that verify: ${flaw}`,
    hint: remedy,
  }),
  'root-twice': ({ file, fingerprint }) => ({
    sentence: `${quoted(file)} contains the same root certificate twice (${fingerprint})`,
    hint: 'replace one copy with the new root, or remove it',
  }),
  'root-signed-weakly': ({ file, algorithm }) => ({
    sentence: `the root certificate in ${quoted(file)} is signed with ${algorithm}; SPIRE would refuse an intermediate signed with ${algorithm}`,
    hint: 'use a root signed with SHA-256 or better, or waive the rule if the intermediate is signed that way',
  }),
  'root-path-short': ({ file, pathLength, needed, nested }) => ({
    sentence: `the path length of the root certificate in ${quoted(file)} is ${pathLength}, but ${
      nested ? 'intermediate, server and nested server' : 'intermediate and server'
    } need ${needed}; SVIDs verify only if the Secret holds the root itself`,
    hint: 'use a root without a path length, or waive the rule if the Secret holds the root itself',
  }),
  'foreign-root': ({ file, belongsTo, trustDomain }) => ({
    sentence: `${quoted(file)} belongs to ${quoted(belongsTo)}, not to ${quoted(trustDomain)}`,
    hint: `name the file of ${trustDomain}`,
  }),
  'shared-root': ({ cluster, fingerprint, first, renewed }, whereIs) => ({
    sentence: `the ${renewed === true ? 'key of the ' : ''}root certificate ${fingerprint} is also that of ${quoted(cluster)} (${whereIs(first)}); either server could issue the other's identities`,
    hint: 'give each trust domain a root of its own',
  }),
  'invalid-bundle': ({ file, reason }) => ({
    sentence: `${quoted(file)} is not a SPIFFE bundle: ${reason}`,
    hint: 'take the output of: spire-server bundle show -format spiffe',
  }),
  'unseeded-bundle': ({ cluster }) => ({
    sentence: `no root and no bundle of ${quoted(cluster)} is known, so its peers refuse every federated entry until their first poll succeeds`,
    hint: 'add trust: { root: … }; with https_web it serves as the first bundle',
  }),
};
