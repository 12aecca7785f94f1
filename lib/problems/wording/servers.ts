/** Messages for the plugins and the pods of SPIRE servers. */
import { either, quoted } from './phrases';
import type { WordingOf } from './wording';

export const serversWording: WordingOf<
  | 'autoscaling-without-room'
  | 'autoscaling-without-root'
  | 'ca-ttl-ignored'
  | 'intermediate-renewed-late'
  | 'cloud-without-identity'
  | 'database-shared'
  | 'interval-too-short'
  | 'private-host-without-ca'
  | 'invalid-certificates'
  | 'needs-newer-spire'
  | 'nested-replicas'
  | 'replicas-share-nothing'
> = {
  'ca-ttl-ignored': ({ authority, caTtl, caTtlAt }, whereIs) => ({
    sentence: `${quoted(authority)} decides how long the CA of the server lives, and is not asked for the caTtl ${caTtl} (${whereIs(caTtlAt)})`,
    hint: `have the authority issue CAs for ${caTtl} and waive the rule, or remove caTtl`,
  }),
  'intermediate-renewed-late': ({ renewBefore, caTtl }) => ({
    sentence: `cert-manager renews the intermediate ${renewBefore} before its end, and a CA of the server lives ${caTtl}: it would be cut short`,
    hint: `write renewBefore: ${caTtl} or more, or lower caTtl`,
  }),
  'cloud-without-identity': ({ plugin, cloud, key, example }) => ({
    sentence: `${quoted(plugin)} calls ${cloud}, but the fleet gives the server no credentials for it`,
    hint: `add cloudIdentity: { ${key}: ${example} } with your own values to spire.server, or waive the rule if the server gets credentials elsewhere, such as from its node`,
  }),
  'database-shared': ({ database, other, first }, whereIs) => ({
    sentence: `the SPIRE servers of ${quoted(other)} (${whereIs(first)}) already use the database ${database}; servers of two clusters cannot share one`,
    hint: 'give each cluster its own database: write datastore in spire.server of each cluster',
  }),
  'autoscaling-without-room': ({ maxReplicas, replicas }) => ({
    sentence: `autoscaling cannot start another server: maxReplicas is ${maxReplicas}, and the minimum, replicas, is ${replicas}`,
    hint: 'raise maxReplicas, lower replicas, or remove autoscaling',
  }),
  'autoscaling-without-root': ({ cluster, rootFile, authority }) => ({
    sentence: `each additional server of ${quoted(cluster)} signs with a new CA, and its peers refuse the SVIDs until they poll the new bundle`,
    hint: `save the root of the trust domain as ${rootFile} and write trust: { authority: ${authority} } in clusters.${cluster}, or remove autoscaling`,
  }),
  'nested-replicas': ({ cluster, replicas, key }) => ({
    sentence: `${quoted(cluster)} is nested and would run ${replicas} servers; their agents would attest to the server above with the same certificate, and each would invalidate the SVIDs of the others`,
    hint:
      key === 'replicas'
        ? 'write replicas: 1 for this cluster'
        : `remove ${key}, or write it only for clusters that are not nested`,
  }),
  'interval-too-short': ({ key, given, other, otherGiven, because }) => ({
    sentence: `${key} is ${given} and must be longer than ${other}, ${otherGiven}: ${because}`,
    hint: `raise ${key} above ${otherGiven}, or lower ${other}`,
  }),
  'private-host-without-ca': ({ host, what }) => ({
    sentence: `no public CA issues a certificate for ${quoted(host)} (${what}), and the plugin has no other CA to verify it by`,
    hint: 'write ca: and a PEM file with the certificates of its CA, such as ca: trust/vault-ca.pem; a plugin without that key needs a host with a certificate of a public CA',
  }),
  'invalid-certificates': ({ file, what, reason }) => ({
    sentence: `${quoted(file)} cannot be used as ${what}: ${reason}`,
    hint: 'name a PEM file that contains the CA certificates',
  }),
  'needs-newer-spire': ({ what, since, of, got, at }, whereIs) => ({
    sentence: `${quoted(what)} needs SPIRE ${since} or later, but ${of === 'server' ? 'the server is' : 'agents are'} ${got} (${whereIs(at)})`,
    hint: `write ${since} or later in ${of === 'server' ? 'versions.spire' : 'versions.agent, or in versions.spire without it'}, or remove ${quoted(what)}`,
  }),
  'replicas-share-nothing': ({ replicas, key, datastore, shared }) => ({
    sentence: `each of the ${replicas} servers would have its own ${datastore} datastore, without the entries and agents of the others`,
    hint: `use a datastore that servers can share, ${either(shared)}, or remove ${key}`,
  }),
};
