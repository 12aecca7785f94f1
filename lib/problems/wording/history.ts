/** Messages for changes that a running fleet cannot make in one step. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

/** A way out for fleets that were never applied: without an output folder, there is no earlier state to compare with. */
const NEVER_APPLIED = '; where nothing was applied yet, remove the output folder instead';

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
    sentence: `the trust domain was ${quoted(from)}: a SPIRE server with entries of it does not start as ${quoted(to)}`,
    hint: `take the name back, or add formerTrustDomain: ${from} and follow the steps in README.md of the output${NEVER_APPLIED}`,
  }),
  'former-trust-domain-in-use': ({ trustDomain, owner, first }, whereIs) => ({
    sentence: `${quoted(trustDomain)} is the trust domain of ${quoted(owner)} now (${whereIs(first)}); the steps of this change would delete its bundle from every peer`,
    hint: `finish this change first, and give ${quoted(trustDomain)} to ${quoted(owner)} in the next one`,
  }),
  'former-trust-domain-same': ({ trustDomain }) => ({
    sentence: `${quoted(trustDomain)} is the trust domain as it is, not a former one`,
    hint: 'remove formerTrustDomain once the steps in README.md of the output are done',
  }),
  'spire-version-jump': ({ component, from, to, via }) => ({
    sentence: `${component} goes from ${from} to ${to}; SPIRE upgrades one minor version at a time`,
    hint: `write ${via} first, roll it out, then ${to}${NEVER_APPLIED}`,
  }),
  'spire-downgrade': ({ from, to }) => ({
    sentence: `SPIRE goes back from ${from} to ${to}; agents must go back before their server`,
    hint: `lower agent: first and roll it out, then spire:; see "Upgrading" in docs/operations.md${NEVER_APPLIED}`,
  }),
  'istio-version-jump': ({ from, to, via }) => ({
    sentence: `Istio goes from ${from} to ${to}; in place it is upgraded one minor version at a time`,
    hint: `write ${via} first, apply it and restart the pods with proxies, then go on towards ${to}${NEVER_APPLIED}`,
  }),
  'istio-downgrade': ({ from, to, via }) =>
    via === undefined
      ? {
          sentence: `Istio goes back from ${from} to ${to}; until its pods restart, proxies are newer than istiod, which Istio does not support`,
          hint: `restart the pods with proxies right after the apply; see "Upgrading" in docs/operations.md${NEVER_APPLIED}`,
        }
      : {
          sentence: `Istio goes back from ${from} to ${to}; in place it is taken back one minor version at a time`,
          hint: `write ${via} first, apply it and restart the pods with proxies, then go on towards ${to}${NEVER_APPLIED}`,
        },
  'server-moved': ({ from, to }) => ({
    sentence: `the SPIRE server was in namespace ${quoted(from)}; in ${quoted(to)} it starts with a new volume, a new CA and no entries`,
    hint: `take the layout back, or move the volume as docs/operations.md tells and waive the rule${NEVER_APPLIED}`,
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
    sentence: `the server's volume was ${from} and cannot become ${to}: Kubernetes refuses the StatefulSet`,
    hint: `take the value back, or replace the StatefulSet as docs/operations.md tells and waive the rule${NEVER_APPLIED}`,
  }),
  'federation-ended': ({ peer, trustDomain }) => ({
    sentence: `the federation with ${quoted(peer)} is gone, but its server keeps the bundle of ${quoted(trustDomain)} until somebody deletes it`,
    hint: `keep the entry with ended: true; README.md of the output then has the steps that revoke the trust${NEVER_APPLIED}`,
  }),
  'pin-ignored': ({ peer, trustDomain }) => ({
    sentence: `the pinned bundle has other certificates, and ${quoted(peer)} will not notice: the controller manager compares the URL and the profile only`,
    hint: `after the apply, on ${peer}: spire-server bundle set -id spiffe://${trustDomain} -format spiffe -path the-bundle.json${NEVER_APPLIED}`,
  }),
  'pin-overwrites': ({ peer }, _whereIs, own) => ({
    sentence: `with the new URL, ${quoted(peer)} replaces the bundle it has polled by the pinned one`,
    hint: `pull a fresh bundle before: ${own('bundle pull NAME')}${NEVER_APPLIED}`,
  }),
  'root-replaced': ({ cluster, trustDomain }, _whereIs, own) => ({
    sentence: `none of the roots by which peers trust ${quoted(trustDomain)} is left; they would refuse every new SVID of it, and could not poll the new root`,
    hint: `take the old file back, such as from Git, and put the new root beside it: ${own(`root ${cluster} --rotate`)}${NEVER_APPLIED}`,
  }),
  'cluster-removed': ({ cluster, trustDomain }) => ({
    sentence: `cluster ${quoted(cluster)} is gone from the fleet; nothing ends what runs on it, and its peers keep the bundle of ${quoted(trustDomain)}`,
    hint: `end its federations with ended: true first, then remove the cluster${NEVER_APPLIED}`,
  }),
};
