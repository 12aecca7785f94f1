/** Messages for the plugins and the pods of SPIRE servers. */
import { either, quoted } from './phrases';
import type { WordingOf } from './wording';

export const serversWording: WordingOf<
  | 'autoscaling-without-room'
  | 'autoscaling-without-root'
  | 'cloud-without-identity'
  | 'database-shared'
  | 'interval-too-short'
  | 'private-host-without-ca'
  | 'invalid-certificates'
  | 'needs-newer-spire'
  | 'nested-replicas'
  | 'replicas-share-nothing'
> = {
  'cloud-without-identity': ({ plugin, cloud, key }) => ({
    sentence: `${quoted(plugin)} calls ${cloud}, and nothing in the fleet gives the server credentials there`,
    hint: `write cloudIdentity: { ${key}: … } below spire.server, or waive the rule if the server gets credentials elsewhere, such as from its node`,
  }),
  'database-shared': ({ database, other, first }, whereIs) => ({
    sentence: `the SPIRE servers of ${quoted(other)} (${whereIs(first)}) use the database ${database} already; servers of two clusters cannot share one`,
    hint: 'give each cluster a database of its own: write datastore: under spire.server of each cluster',
  }),
  'autoscaling-without-room': ({ maxReplicas, replicas }) => ({
    sentence: `autoscaling would never start another server: maxReplicas is ${maxReplicas}, and replicas, the fewest, is ${replicas}`,
    hint: 'raise maxReplicas, lower replicas, or remove autoscaling',
  }),
  'autoscaling-without-root': ({ cluster }) => ({
    sentence: `each server that is started for ${quoted(cluster)} signs with a CA of its own at once, and its peers refuse those SVIDs until they have polled the new bundle`,
    hint: 'write the root of the trust domain and an authority that signs for its servers (trust: { root: …, authority: … }), or remove autoscaling',
  }),
  'nested-replicas': ({ cluster, replicas, key }) => ({
    sentence: `${quoted(cluster)} is nested and would run ${replicas} servers, whose agents attest to the server above with one certificate and end the SVIDs of each other`,
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
    hint: 'write ca: and a PEM file with the certificates of its CA, such as ca: trust/vault-ca.pem',
  }),
  'invalid-certificates': ({ file, what, reason }) => ({
    sentence: `${quoted(file)} cannot be ${what}: ${reason}`,
    hint: 'name a PEM file with the CA certificates',
  }),
  'needs-newer-spire': ({ what, since, server, serverAt }, whereIs) => ({
    sentence: `${quoted(what)} needs SPIRE ${since} or later, and the server is ${server} (${whereIs(serverAt)})`,
    hint: `write ${since} or later for versions.spire, or remove it`,
  }),
  'replicas-share-nothing': ({ replicas, key, datastore, shared }) => ({
    sentence: `${replicas} servers would have a datastore each, since ${datastore} belongs to one server: none would know the entries and agents of the others`,
    hint: `choose a datastore that they can share, ${either(shared)}, or remove ${key}`,
  }),
};
