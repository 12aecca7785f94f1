/** Messages for the plugins and the pods of SPIRE servers. */
import { either, quoted } from './phrases';
import type { WordingOf } from './wording';

export const serversWording: WordingOf<'invalid-certificates' | 'needs-newer-spire' | 'replicas-share-nothing'> = {
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
