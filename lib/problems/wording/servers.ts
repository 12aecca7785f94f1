/** Messages for the plugins and the pods of SPIRE servers. */
import { either, quoted } from './phrases';
import type { WordingOf } from './wording';

export const serversWording: WordingOf<
  'cloud-without-identity' | 'invalid-certificates' | 'needs-newer-spire' | 'replicas-share-nothing'
> = {
  'cloud-without-identity': ({ plugin, cloud, key }) => ({
    sentence: `${quoted(plugin)} calls ${cloud}, and nothing in the fleet gives the server credentials there`,
    hint: `write cloudIdentity: { ${key}: … } below spire.server, or waive the rule if the server gets credentials elsewhere, such as from its node`,
  }),
  'invalid-certificates': ({ file, what, reason }) => ({
    sentence: `${quoted(file)} cannot be ${what}: ${reason}`,
    hint: 'name a PEM file with the CA certificates',
  }),
  'needs-newer-spire': ({ what, since, server, serverAt }, whereIs) => ({
    sentence: `${quoted(what)} needs SPIRE ${since} or later, and the server is ${server} (${whereIs(serverAt)})`,
    hint: `write ${since} or later for versions.spire, or remove it`,
  }),
  'replicas-share-nothing': ({ replicas, datastore, shared }) => ({
    sentence: `${replicas} servers would have a datastore each, since ${datastore} belongs to one server: none would know the entries and agents of the others`,
    hint: `choose a datastore that they can share, ${either(shared)}, or remove replicas`,
  }),
};
