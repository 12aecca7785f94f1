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
    sentence: `${kind} ${quoted(name)} already exists on ${quoted(cluster)} (${whereIs(first)})`,
    hint: 'choose another name or another namespace',
  }),
  'reserved-name': ({ name, because }) => ({
    sentence: `${quoted(name)} is reserved: ${because}`,
    hint: 'choose another name',
  }),
  'reserved-namespace': ({ namespace, owner, effect }) => ({
    sentence: `namespace ${quoted(namespace)} belongs to ${owner}: ${effect}`,
    hint: 'choose another namespace',
  }),
  'name-taken': ({ name, because }) => ({
    sentence: `${quoted(name)} is already the name of another object: ${because}`,
    hint: 'choose another name',
  }),
  'secret-shared': ({ secret, uses: [one, other], first }, whereIs) => ({
    sentence: `the Secret ${quoted(secret)} already holds the ${one} (${whereIs(first)}), so it cannot hold the ${other}`,
    hint: 'name a different Secret here',
  }),
  'parent-project-same': ({ project }) => ({
    sentence: `the parent Application creates the project ${quoted(project)}, so it cannot belong to that project`,
    hint: 'name an existing project that permits AppProjects and ApplicationSets, such as default',
  }),
  'credential-shared': ({ host, trustDomains }) => ({
    sentence: `the gateway verifies all callers of ${quoted(host)} with one ca.crt, so the CA of one of the trust domains ${trustDomains.join(', ')} could impersonate callers of another`,
    hint: 'remove credential, so that the gateway serves its SVID and verifies each trust domain with its own root, or waive the rule',
  }),
  'identity-shared': ({ spiffeId, other, first }, whereIs) => ({
    sentence: `${quoted(spiffeId)} is also the identity of ${quoted(other)} (${whereIs(first)}); policies cannot tell the two apart`,
    hint: 'give each workload its own identity: a different spiffeId, namespace or serviceAccount',
  }),
  'pods-shared': ({ other, first }, whereIs) => ({
    sentence: `its labels also select the pods of ${quoted(other)} (${whereIs(first)}), so those pods would get two SVIDs`,
    hint: 'give both workloads a label with the same key and different values',
  }),
  'mesh-label-taken': ({ label, value }) => ({
    sentence: `the label ${quoted(label)} selects the identity of a pod, and its value ${quoted(value)} selects a different one`,
    hint: `remove ${label}; its value is derived from the name of the workload`,
  }),
  'spiffe-id-not-istio': ({ spiffeId, wanted, workload }) => ({
    sentence: `${quoted(workload)} is called inside the mesh, where Istio expects the SPIFFE ID ${quoted(wanted)}, not ${quoted(spiffeId)}`,
    hint: 'remove spiffeId; only a workload that is not called can have another SPIFFE ID',
  }),
  'spiffe-id-too-long': ({ spiffeId, bytes }) => ({
    sentence: `${quoted(`${spiffeId.slice(0, 60)}…`)} has ${bytes} bytes; a SPIFFE ID has at most 2048`,
    hint: 'shorten the path',
  }),
  'foreign-spiffe-id': ({ spiffeId, trustDomain }) => ({
    sentence: `${quoted(spiffeId)} is not in the trust domain ${quoted(trustDomain)} of this workload's cluster`,
    hint: `write only the path, such as /shop; spiffe://${trustDomain} is added in front`,
  }),
  'address-outside-pool': ({ address, pool, poolAt }, whereIs) => ({
    sentence: `${quoted(address)} is outside the cluster's address pool ${listed(pool)} (${whereIs(poolAt)})`,
    hint: 'choose an address of the pool, or add this one to loadBalancer.metallb.addresses',
  }),
  'address-in-use': ({ address, first }, whereIs) => ({
    sentence: `${quoted(address)} is already in use (${whereIs(first)})`,
    hint: 'choose another address; each Service needs its own',
  }),
  'pool-overlap': ({ range, other, first }, whereIs) => ({
    sentence: `${quoted(range)} overlaps ${quoted(other)} (${whereIs(first)})`,
    hint: 'change one of the ranges; MetalLB assigns each address once',
  }),
  'address-not-ip': ({ address, because }) => ({
    sentence: `${quoted(address)} is a host name, but ${because}`,
    hint: 'write the IP address',
  }),
};
