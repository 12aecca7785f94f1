/** Messages for names, identities and addresses. */
import { listed, quoted } from './phrases';
import type { WordingOf } from './wording';

export const identitiesWording: WordingOf<
  | 'name-in-use'
  | 'reserved-name'
  | 'reserved-namespace'
  | 'name-taken'
  | 'secret-shared'
  | 'parent-project-same'
  | 'credential-shared'
  | 'identity-shared'
  | 'pods-shared'
  | 'mesh-label-taken'
  | 'spiffe-id-not-istio'
  | 'spiffe-id-too-long'
  | 'foreign-spiffe-id'
  | 'address-outside-pool'
  | 'address-in-use'
  | 'pool-overlap'
  | 'address-not-ip'
> = {
  'name-in-use': ({ kind, name, cluster, first }, whereIs) => ({
    sentence: `${kind} ${quoted(name)} exists already on ${quoted(cluster)} (${whereIs(first)})`,
    hint: 'choose another name or another namespace',
  }),
  'reserved-name': ({ name, because }) => ({
    sentence: `${quoted(name)} is taken: ${because}`,
    hint: 'choose another name',
  }),
  'reserved-namespace': ({ namespace, owner, effect }) => ({
    sentence: `namespace ${quoted(namespace)} belongs to ${owner}, and ${effect}`,
    hint: 'choose another namespace',
  }),
  'name-taken': ({ name, because }) => ({
    sentence: `${quoted(name)} is the name of an object of another program: ${because}`,
    hint: 'choose another name',
  }),
  'secret-shared': ({ secret, uses: [one, other], first }, whereIs) => ({
    sentence: `the Secret ${quoted(secret)} is already used for the ${one} (${whereIs(first)}) and cannot hold the ${other} as well`,
    hint: 'name a Secret of its own here',
  }),
  'parent-project-same': ({ project }) => ({
    sentence: `the Application creates the project ${quoted(project)}, and therefore needs another project that already exists`,
    hint: 'name an existing project that may hold projects and ApplicationSets, such as default',
  }),
  'credential-shared': ({ host, trustDomains }) => ({
    sentence: `the certificate of ${quoted(host)} comes with one ca.crt for the callers of ${trustDomains.join(', ')}: a CA of one could pass for a caller of another`,
    hint: 'remove credential, so that the gateway serves its SVID and each root counts for its own trust domain, or waive the rule',
  }),
  'identity-shared': ({ spiffeId, other, first }, whereIs) => ({
    sentence: `${quoted(spiffeId)} is also the identity of ${quoted(other)} (${whereIs(first)}); whoever may call one could call as the other`,
    hint: 'give each workload an identity of its own: another spiffeId, namespace or serviceAccount',
  }),
  'pods-shared': ({ other, first }, whereIs) => ({
    sentence: `its labels also select the pods of ${quoted(other)} (${whereIs(first)}), which would hold two SVIDs`,
    hint: 'give the two workloads a common label key with two different values',
  }),
  'mesh-label-taken': ({ label, value }) => ({
    sentence: `label ${quoted(label)} decides which identity a pod gets, and ${quoted(value)} stands for another one`,
    hint: `remove ${label}; the workload's own value is derived from its name`,
  }),
  'spiffe-id-not-istio': ({ spiffeId, wanted, workload }) => ({
    sentence: `${quoted(workload)} is called inside the mesh, where Istio expects the SPIFFE ID ${quoted(wanted)}, not ${quoted(spiffeId)}`,
    hint: 'remove spiffeId; only workloads that nobody calls can choose one',
  }),
  'spiffe-id-too-long': ({ spiffeId, bytes }) => ({
    sentence: `${quoted(`${spiffeId.slice(0, 60)}…`)} is ${bytes} bytes long, a SPIFFE ID has at most 2048`,
    hint: 'shorten the path',
  }),
  'foreign-spiffe-id': ({ spiffeId, trustDomain }) => ({
    sentence: `${quoted(spiffeId)} is not in the trust domain ${quoted(trustDomain)} of this workload's cluster`,
    hint: `write the path alone; the trust domain is added: spiffe://${trustDomain}/…`,
  }),
  'address-outside-pool': ({ address, pool, poolAt }, whereIs) => ({
    sentence: `${quoted(address)} is outside the cluster's address pool ${listed(pool)} (${whereIs(poolAt)})`,
    hint: 'add the address to loadBalancer.metallb.addresses, or choose one of the pool',
  }),
  'address-in-use': ({ address, first }, whereIs) => ({
    sentence: `${quoted(address)} is in use already (${whereIs(first)})`,
    hint: 'choose another address; this fleet gives each Service one of its own',
  }),
  'pool-overlap': ({ range, other, first }, whereIs) => ({
    sentence: `${quoted(range)} overlaps ${quoted(other)} (${whereIs(first)})`,
    hint: 'make the ranges disjoint; MetalLB hands each address out once',
  }),
  'address-not-ip': ({ address, because }) => ({
    sentence: `${quoted(address)} is a host name, but ${because}`,
    hint: 'write the IP address',
  }),
};
