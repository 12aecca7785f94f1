/** Messages for trust material. */
import type { ProblemFacts } from '../problem';
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** For each flaw, why the certificate is no root and what to do about it. */
const NOT_ROOT: Readonly<
  Record<ProblemFacts['root-not-ca']['flaw'], (issuer: string) => { readonly is: string; readonly hint: string }>
> = {
  'no-ca': () => ({ is: 'it is not a CA', hint: 'use the root certificate of the chain, which has CA:TRUE' }),
  'signed-by-another': (issuer) => ({
    is: `${issuer} signed it`,
    hint: `use the certificate of ${issuer}, or of the CA that signed ${issuer}`,
  }),
  'not-signed-by-itself': () => ({
    is: 'it is not signed with its own key',
    hint: 'get the file again from its source; it is damaged, or not the certificate that it claims to be',
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
        ? 'remove the key from the manifest'
        : 'remove the key from the file, and from the Git history if it was committed; only certificates belong here',
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
    return { sentence: `${quoted(file)} contains ${subject}, which is not a root certificate: ${is}`, hint };
  },
  'root-cannot-sign': ({ file, flaw, remedy }) => ({
    sentence: `no SVID below the root certificate in ${quoted(file)} would verify: ${flaw}`,
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
    sentence: `the root certificate in ${quoted(file)} has path length ${pathLength}, but ${
      nested ? 'an intermediate CA, a server and a nested server' : 'an intermediate CA and a server'
    } below it need ${needed}; SVIDs verify only if the Secret holds the root itself`,
    hint: 'use a root without a path length, or waive the rule if the Secret holds the root itself',
  }),
  'foreign-root': ({ file, belongsTo, trustDomain }) => ({
    sentence: `${quoted(file)} belongs to ${quoted(belongsTo)}, not to ${quoted(trustDomain)}`,
    hint: `name the file of ${trustDomain}`,
  }),
  'shared-root': ({ cluster, fingerprint, first, renewed }, whereIs) => ({
    sentence: `${quoted(cluster)} (${whereIs(first)}) uses the same root ${renewed === true ? 'key' : 'certificate'} (${fingerprint}), so each server could issue identities of the other`,
    hint: 'give each trust domain its own root',
  }),
  'invalid-bundle': ({ file, reason }) => ({
    sentence: `${quoted(file)} is not a SPIFFE bundle: ${reason}`,
    hint: 'use the output of: spire-server bundle show -format spiffe',
  }),
  'unseeded-bundle': ({ cluster }) => ({
    sentence: `the fleet has neither a root nor a bundle of ${quoted(cluster)}, so its peers refuse federated entries until their first poll succeeds`,
    hint: 'add its root, such as trust: { root: trust/example.org.pem }; peers use it as the first bundle',
  }),
};
