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
    sentence: `this entry ends the federation of ${quoted(trusting)} and ${quoted(trusted)}, but another entry still declares it (${whereIs(declared)})`,
    hint: 'remove the pair from one of the two entries',
  }),
  'one-way-federation': ({ trusting, trusted }) => ({
    sentence: `${quoted(trusting)} trusts ${quoted(trusted)}, but ${quoted(trusted)} does not trust ${quoted(trusting)}: mutual TLS between the two fails`,
    hint: `write between: [${trusting}, ${trusted}], or waive the rule if one direction is intended`,
  }),
  'refresh-hint-too-long': ({ refreshHint, caTtl, budget, fits }) => ({
    sentence: fits
      ? `peers poll every ${refreshHint} and have ${budget} (a third of caTtl ${caTtl}) to get a new CA: a few failed polls in a row would interrupt the federation`
      : `peers poll every ${refreshHint}, but must get a new CA within ${budget} (a third of caTtl ${caTtl})`,
    hint: 'lower refreshHint to at most a fifteenth of caTtl, raise caTtl, or give the trust domain a root',
  }),
  'authority-ends-soon': ({ fingerprint, notAfter, horizon }) => ({
    sentence: `the certificate ${fingerprint} expires on ${notAfter}, within the trust horizon of ${horizon}`,
    hint: 'start to replace it now; see "Rotating a root" in docs/operations.md',
  }),
  'root-ends-before-ca': ({ notAfter, caTtl }) => ({
    sentence: `the root expires on ${notAfter}, before a CA that the server issues now (caTtl ${caTtl}): peers would refuse SVIDs that have not expired`,
    hint: 'replace the root, or lower caTtl',
  }),
  'keys-not-kept': ({ cluster, profile }) => ({
    sentence:
      profile === 'https_web'
        ? `the server of ${quoted(cluster)} creates a new CA at each start, and its peers do not know the CA until their next poll`
        : `the server of ${quoted(cluster)} creates a new CA at each start, and its peers cannot verify the endpoint to poll it`,
    hint: 'add a root, such as trust: { root: trust/example.org.pem }, or remove keyManager so that the server keeps its keys',
  }),
  'short-lived-pin': ({ life }) => ({
    sentence: `every certificate in the pinned bundle is valid for at most ${life}, so the committed bundle expires soon`,
    hint: 'use a root instead, such as trust: { root: trust/example.org.pem }, or raise the CA lifetime of its server and pin again',
  }),
  'kubelet-unverified': ({ platform }) => ({
    sentence:
      platform === undefined
        ? 'agents do not verify the certificate of the kubelet; a program that impersonates the kubelet could decide which pod gets which SVID'
        : `agents do not verify the certificate of the kubelet, which is self-signed by default on ${quoted(platform)}; a program that impersonates the kubelet could decide which pod gets which SVID`,
    hint:
      platform === undefined
        ? 'remove verification: false, and write address: nodeName if kubelet certificates contain no IP address; or waive the rule until they verify'
        : 'have the CA of the cluster sign the certificates of kubelets and write kubelet: { verification: true } in the cluster, or waive the rule',
  }),
  'web-certificate-impossible': ({ host, what }) => ({
    sentence: `peers verify an https_web endpoint with public CAs, and these issue no certificate for ${quoted(host)} (${what})`,
    hint: 'write profile: https_spiffe, which needs no public certificate',
  }),
  'webhook-can-block': () => ({
    sentence:
      'with Fail, SPIRE resources cannot be created while the controller manager is not running, as in the first apply',
    hint: 'write Ignore, or waive the rule; synth already checks what the webhook checks',
  }),
  'istio-too-old-to-federate': ({ version, since, kubernetes }) => ({
    sentence: `Istio ${version} is older than ${since}, the first version that supports federated trust domains`,
    hint:
      kubernetes === undefined
        ? `raise istio to ${since} or later, or waive the rule if all calls between clusters use the gateway`
        : `waive the rule until the nodes run Kubernetes ${kubernetes.needed}: Istio ${since} does not run on ${kubernetes.runs}`,
  }),
  'full-mesh-too-large': ({ members, links }) => ({
    sentence: `a full mesh of ${members} clusters has ${links} links, and each new cluster changes the output of all others`,
    hint: 'use a hub and spokes, or several smaller groups',
  }),
  'waiver-refused': ({ rule }) => ({
    sentence: `the rule ${quoted(rule)} cannot be waived`,
    hint: 'fix the problem that the rule reports, and remove the waiver',
  }),
  'waiver-unused': ({ rule }) => ({
    sentence: `the rule ${quoted(rule)} reports no problem at this place`,
    hint: 'remove the waiver, or correct the place in at',
  }),
};
