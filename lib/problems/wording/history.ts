/** Messages for changes that a running fleet cannot make in one step. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** A way out for fleets that were never applied: without an output folder, there is no earlier state to compare with. */
const NEVER_APPLIED = '; if nothing was applied yet, delete the output folder instead';

export const historyWording: WordingOf<
  | 'trust-domain-renamed'
  | 'former-trust-domain-in-use'
  | 'former-trust-domain-same'
  | 'spire-version-jump'
  | 'spire-downgrade'
  | 'istio-version-jump'
  | 'istio-downgrade'
  | 'server-moved'
  | 'datastore-changed'
  | 'key-manager-changed'
  | 'volume-changed'
  | 'federation-ended'
  | 'pin-ignored'
  | 'pin-overwrites'
  | 'root-replaced'
  | 'cluster-removed'
> = {
  'trust-domain-renamed': ({ from, to }) => ({
    sentence: `the trust domain changes from ${quoted(from)} to ${quoted(to)}, but a SPIRE server that has entries of ${quoted(from)} does not start with another trust domain`,
    hint: `write ${from} again, or add formerTrustDomain: ${from} and follow the steps in README.md of the output${NEVER_APPLIED}`,
  }),
  'former-trust-domain-in-use': ({ trustDomain, owner, first }, whereIs) => ({
    sentence: `${quoted(trustDomain)} is now the trust domain of ${quoted(owner)} (${whereIs(first)}), and the steps of this change would delete its bundle from every peer`,
    hint: `complete this change first, and give ${quoted(trustDomain)} to ${quoted(owner)} in a later one`,
  }),
  'former-trust-domain-same': ({ trustDomain }) => ({
    sentence: `${quoted(trustDomain)} is the current trust domain, not a former one`,
    hint: 'remove formerTrustDomain once the steps in README.md of the output are done',
  }),
  'spire-version-jump': ({ component, from, to, via }) => ({
    sentence: `${component} changes from ${from} to ${to}, but SPIRE must be upgraded one minor version at a time`,
    hint: `roll out ${via} first, then ${to}${NEVER_APPLIED}`,
  }),
  'spire-downgrade': ({ from, to }) => ({
    sentence: `SPIRE changes from ${from} to the older ${to}, but agents must be downgraded before their server`,
    hint: `lower agent and roll it out, then lower spire; see "Upgrading" in docs/operations.md${NEVER_APPLIED}`,
  }),
  'istio-version-jump': ({ from, to, via }) => ({
    sentence: `Istio changes from ${from} to ${to}, but an in-place upgrade must go one minor version at a time`,
    hint: `write ${via} first, apply it and restart the pods with proxies, then continue to ${to}${NEVER_APPLIED}`,
  }),
  'istio-downgrade': ({ from, to, via }) =>
    via === undefined
      ? {
          sentence: `Istio changes from ${from} to the older ${to}; until pods restart, their proxies are newer than istiod, which Istio does not support`,
          hint: `restart the pods with proxies right after the apply; see "Upgrading" in docs/operations.md${NEVER_APPLIED}`,
        }
      : {
          sentence: `Istio changes from ${from} to the older ${to}, but an in-place downgrade must go one minor version at a time`,
          hint: `write ${via} first, apply it and restart the pods with proxies, then continue to ${to}${NEVER_APPLIED}`,
        },
  'server-moved': ({ from, to }) => ({
    sentence: `the SPIRE server moves from namespace ${quoted(from)} to ${quoted(to)}, where it starts with a new volume, a new CA and no entries`,
    hint: `keep the namespace, or follow "Moving the server's volume" in docs/operations.md${NEVER_APPLIED}`,
  }),
  'datastore-changed': ({ from, to }) => ({
    sentence: `the server kept its data in ${from}, and would start with an empty ${to}`,
    hint: `add formerDatastore: ${from} below spire.server and follow the steps in README.md of the output${NEVER_APPLIED}`,
  }),
  'key-manager-changed': ({ from, to, volume }) => ({
    sentence: `the server kept its keys in ${from}; with ${to} its volume is ${volume}, and Kubernetes refuses the StatefulSet`,
    hint: `add formerKeyManager: ${from} below spire.server and follow the steps in README.md of the output${NEVER_APPLIED}`,
  }),
  'volume-changed': ({ from, to }) => ({
    sentence: `the volume of the server changes from ${from} to ${to}, which Kubernetes refuses for a StatefulSet`,
    hint: `keep the value, or follow "Replacing the StatefulSet" in docs/operations.md${NEVER_APPLIED}`,
  }),
  'federation-ended': ({ peer, trustDomain }) => ({
    sentence: `the federation with ${quoted(peer)} was removed, but the server keeps the bundle of ${quoted(trustDomain)} until it is deleted`,
    hint: `write the entry again with ended: true; README.md of the output then lists the steps that revoke the trust${NEVER_APPLIED}`,
  }),
  'pin-ignored': ({ peer, trustDomain }) => ({
    sentence: `the certificates of the pinned bundle changed, but ${quoted(peer)} will not load them: the controller manager compares only the URL and the profile`,
    hint: `after the apply, run on ${peer}: spire-server bundle set -id spiffe://${trustDomain} -format spiffe -path the-bundle.json${NEVER_APPLIED}`,
  }),
  'pin-overwrites': ({ cluster, peer, changed }, _whereIs, own) => ({
    sentence: `the ${changed} of the bundle endpoint changed, so ${quoted(peer)} replaces the bundle that it polled with the pinned bundle`,
    hint: `update the pinned bundle first: ${own(`bundle pull ${cluster}`)}${NEVER_APPLIED}`,
  }),
  'root-replaced': ({ cluster, trustDomain }, _whereIs, own) => ({
    sentence: `every root of ${quoted(trustDomain)} that its peers know was removed, so they would refuse its new SVIDs and could not poll the new root`,
    hint: `restore the old file, such as from Git, and add a new root to it: ${own(`root ${cluster} --rotate`)}${NEVER_APPLIED}`,
  }),
  'cluster-removed': ({ cluster, trustDomain }) => ({
    sentence: `cluster ${quoted(cluster)} was removed from the fleet, but its objects stay in the cluster, and its peers keep the bundle of ${quoted(trustDomain)}`,
    hint: `write it again, end its federations with ended: true, then remove it${NEVER_APPLIED}`,
  }),
};
