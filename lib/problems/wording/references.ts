/** Messages for references between parts of the fleet. */
import { listed, meant, quoted } from './phrases';
import type { WordingOf } from './wording';

export const referencesWording: WordingOf<
  | 'unknown-cluster'
  | 'unknown-workload'
  | 'listed-twice'
  | 'duplicate-trust-domain'
  | 'self-federation'
  | 'missing-bundle-endpoint'
  | 'self-call'
  | 'call-without-federation'
  | 'call-without-host'
  | 'call-without-gateway'
  | 'call-without-service'
  | 'host-in-use'
> = {
  'unknown-cluster': ({ got, clusters, partners = [], suggestion }, whereIs) => ({
    sentence: `no cluster${partners.length > 0 ? ' and no partner' : ''} is named ${quoted(got)}`,
    hint: meant(
      suggestion,
      [
        `clusters of this fleet: ${listed(clusters, (name) => `${name} (${whereIs(['clusters', name])})`)}`,
        ...(partners.length > 0
          ? [`partners: ${listed(partners, (name) => `${name} (${whereIs(['partners', name])})`)}`]
          : []),
      ].join('; '),
    ),
  }),
  'unknown-workload': ({ got, workloads, suggestion }, whereIs) => ({
    sentence: `no workload is named ${quoted(got)}`,
    hint: meant(
      suggestion,
      `workloads of this fleet: ${listed(workloads, (name) => `${name} (${whereIs(['workloads', name])})`)}`,
    ),
  }),
  'listed-twice': ({ got, first }, whereIs) => ({
    sentence: `${quoted(got)} is listed already (${whereIs(first)})`,
    hint: 'remove one of the two',
  }),
  'duplicate-trust-domain': ({ trustDomain, owner, first, nestable }, whereIs) => ({
    sentence: `${quoted(trustDomain)} is also the trust domain of ${quoted(owner)} (${whereIs(first)})`,
    hint: nestable
      ? `rename one, or have one server sign for both: nestedUnder: ${owner}`
      : 'write the trust domain that this partner has; one name is that of one authority',
  }),
  'self-federation': ({ cluster }) => ({
    sentence: `${quoted(cluster)} is linked with itself`,
    hint: 'a SPIRE server cannot federate with its own trust domain; name two different clusters',
  }),
  'missing-bundle-endpoint': ({ cluster, peer, link }, whereIs) => ({
    sentence: `${quoted(cluster)} federates with ${quoted(peer)} (${whereIs(link)}) but has no bundle endpoint that ${quoted(peer)} could poll`,
    hint: 'add bundleEndpoint: { address: … }, the address at which peers reach its SPIRE server',
  }),
  'self-call': ({ workload }) => ({ sentence: `${quoted(workload)} calls itself`, hint: 'remove it from calls' }),
  'call-without-federation': ({ caller, called, callerCluster, calledCluster, between, ended }) => ({
    sentence: `${quoted(caller)} on ${quoted(callerCluster)} calls ${quoted(called)} on ${quoted(calledCluster)}, and ${ended ? 'the federation of the two has ended' : 'the two clusters are not federated'}`,
    hint: ended
      ? 'remove the call, or remove ended: true from the federation'
      : `add under federation: - between: [${between.join(', ')}]`,
  }),
  'call-without-host': ({ called, caller, declared }, whereIs) => ({
    sentence: `${quoted(called)} (${whereIs(declared)}) has no host under which ${quoted(caller)} could call it from another cluster`,
    hint: `add host: to ${called}, such as ${called}.example.org`,
  }),
  'call-without-gateway': ({ called, cluster, clusterAt, possible }, whereIs) => ({
    sentence: `${quoted(called)} is called from another cluster, but its cluster ${quoted(cluster)} (${whereIs(clusterAt)}) ${possible ? 'has no gateway' : 'runs no Istio, whose gateway takes such calls'}`,
    hint: possible ? `add gateway: { address: … } to ${cluster}` : 'remove the call, or have the cluster run Istio',
  }),
  'call-without-service': ({ called, preset, declared }, whereIs) =>
    preset
      ? { sentence: `${quoted(called)} (${whereIs(declared)}) takes no calls`, hint: 'remove it from calls' }
      : {
          sentence: `${quoted(called)} (${whereIs(declared)}) names no Service that could be called`,
          hint: `add service: and port: to ${called}`,
        },
  'host-in-use': ({ host, other, first }, whereIs) => ({
    sentence: `${quoted(host)} is also the host of ${quoted(other)} (${whereIs(first)})`,
    hint: 'give each workload a host of its own; callers choose the workload by it',
  }),
};
