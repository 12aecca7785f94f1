/** Messages for silent federation failures and for waivers. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const federationWording: WordingOf<
  | 'ended-yet-declared'
  | 'one-way-federation'
  | 'refresh-hint-too-long'
  | 'authority-ends-soon'
  | 'root-ends-before-ca'
  | 'keys-not-kept'
  | 'short-lived-pin'
  | 'kubelet-unverified'
  | 'web-certificate-impossible'
  | 'webhook-can-block'
  | 'istio-too-old-to-federate'
  | 'full-mesh-too-large'
  | 'waiver-refused'
  | 'waiver-unused'
> = {
  'ended-yet-declared': ({ trusting, trusted, declared }, whereIs) => ({
    sentence: `this entry ends the federation of ${quoted(trusting)} and ${quoted(trusted)}, which is still declared (${whereIs(declared)})`,
    hint: 'remove the pair from one of the two entries',
  }),
  'one-way-federation': ({ trusting, trusted }) => ({
    sentence: `${quoted(trusting)} trusts ${quoted(trusted)}, and not the other way round: no mutual TLS between the two can succeed`,
    hint: `write between: [${trusting}, ${trusted}], or waive the rule and say what the one direction is for`,
  }),
  'refresh-hint-too-long': ({ refreshHint, caTtl, budget, fits }) => ({
    sentence: fits
      ? `peers poll every ${refreshHint}, and have ${budget} (a third of caTtl ${caTtl}) to notice a new CA: a few failed polls in a row end the federation`
      : `peers poll every ${refreshHint}, later than the ${budget} (a third of caTtl ${caTtl}) in which they must notice a new CA`,
    hint: 'lower refreshHint to a fifteenth of caTtl or less, raise caTtl, or give the trust domain a root',
  }),
  'authority-ends-soon': ({ fingerprint, notAfter, horizon }) => ({
    sentence: `the certificate ${fingerprint} ends on ${notAfter}, within the trust horizon of ${horizon}`,
    hint: 'begin to replace it now: publish old and new together, see "Rotating a root" in docs/operations.md',
  }),
  'root-ends-before-ca': ({ notAfter, caTtl }) => ({
    sentence: `the root ends on ${notAfter}, sooner than a CA that the server would issue now (caTtl ${caTtl}): peers would refuse SVIDs that look valid`,
    hint: 'replace the root, or lower caTtl',
  }),
  'keys-not-kept': ({ cluster, profile }) => ({
    sentence:
      profile === 'https_web'
        ? `each start of the server of ${quoted(cluster)} makes a CA that its peers do not know until their next poll`
        : `each start of the server of ${quoted(cluster)} makes a CA that its peers do not know and can never poll`,
    hint: 'give the trust domain a root (trust: { root: … }), or remove keyManager, so that the server keeps its keys',
  }),
  'short-lived-pin': ({ life }) => ({
    sentence: `every certificate of the pinned bundle lives ${life} at most; what is committed is worthless soon after`,
    hint: 'give the trust domain a root (trust: { root: … }), or raise the CA life of its server and pin again',
  }),
  'kubelet-unverified': () => ({
    sentence:
      'agents do not verify the kubelet they ask which pod a process belongs to; whoever answers in its place decides who gets which identity',
    hint: 'remove verification: false, with address: nodeName where kubelet certificates name no IP address, or waive the rule and say until when',
  }),
  'web-certificate-impossible': ({ host, what }) => ({
    sentence: `peers verify an https_web endpoint with public roots only, and no public CA certifies ${quoted(host)} (${what})`,
    hint: 'use profile: https_spiffe, which needs no such certificate',
  }),
  'webhook-can-block': () => ({
    sentence:
      'with Fail, no SPIRE resource can be created while the controller manager is away, such as on the first apply',
    hint: 'write Ignore (everything the webhook checks is checked here), or waive the rule',
  }),
  'istio-too-old-to-federate': ({ version, since, kubernetes }) => ({
    sentence: `Istio ${version} is older than ${since}, the first that its maintainers support with federated trust domains`,
    hint:
      kubernetes === undefined
        ? `raise istio to ${since} or later, or waive the rule where all calls go through the gateway`
        : `waive the rule until the nodes run Kubernetes ${kubernetes.needed}: Istio ${since} does not run on ${kubernetes.runs}`,
  }),
  'full-mesh-too-large': ({ members, links }) => ({
    sentence: `${members} clusters that all federate with each other make ${links} links; each new member changes the folders of all`,
    hint: 'name a hub and spokes, or several smaller groups',
  }),
  'waiver-refused': ({ rule }) => ({
    sentence: `the rule ${quoted(rule)} cannot be waived: what it reports does not run`,
    hint: 'correct what it reports, and remove the waiver',
  }),
  'waiver-unused': ({ rule }) => ({
    sentence: `the rule ${quoted(rule)} reports nothing at this place`,
    hint: 'remove the waiver, or correct its place',
  }),
};
