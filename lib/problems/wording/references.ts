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
    sentence: `no cluster${partners.length > 0 ? ' or partner' : ''} is named ${quoted(got)}`,
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
    sentence: `${quoted(got)} is already listed (${whereIs(first)})`,
    hint: 'remove one of the two',
  }),
  'duplicate-trust-domain': ({ trustDomain, owner, first, nestable }, whereIs) => ({
    sentence: `${quoted(trustDomain)} is also the trust domain of ${quoted(owner)} (${whereIs(first)})`,
    hint: nestable
      ? `change one of the two, or add nestedUnder: ${owner} to share the trust domain`
      : 'check the trust domain of this partner; two authorities cannot share one',
  }),
  'self-federation': ({ cluster }) => ({
    sentence: `${quoted(cluster)} federates with itself`,
    hint: 'name two different clusters; a SPIRE server cannot federate with its own trust domain',
  }),
  'missing-bundle-endpoint': ({ cluster, peer, link }, whereIs) => ({
    sentence: `${quoted(cluster)} federates with ${quoted(peer)} (${whereIs(link)}) but has no bundle endpoint that ${quoted(peer)} could poll`,
    hint: `add the address at which ${peer} reaches its SPIRE server, such as bundleEndpoint: { address: 192.0.2.10 }`,
  }),
  'self-call': ({ workload }) => ({ sentence: `${quoted(workload)} calls itself`, hint: 'remove it from calls' }),
  'call-without-federation': ({ caller, called, callerCluster, calledCluster, between, ended }) => ({
    sentence: `${quoted(caller)} on ${quoted(callerCluster)} calls ${quoted(called)} on ${quoted(calledCluster)}, but ${ended ? 'their federation has ended' : 'the two clusters do not federate'}`,
    hint: ended
      ? 'remove the call, or remove ended: true from the federation'
      : `add under federation: - between: [${between.join(', ')}]`,
  }),
  'call-without-host': ({ called, caller, declared }, whereIs) => ({
    sentence: `${quoted(caller)} calls ${quoted(called)} (${whereIs(declared)}) from another cluster, but ${quoted(called)} has no host`,
    hint: `add a host to ${called}, such as host: ${called}.example.org`,
  }),
  'call-without-gateway': ({ called, cluster, clusterAt, possible }, whereIs) => ({
    sentence: `${quoted(called)} is called from another cluster, but its cluster ${quoted(cluster)} (${whereIs(clusterAt)}) ${possible ? 'has no gateway' : 'does not run Istio, which receives such calls'}`,
    hint: possible
      ? `add the address of a gateway to ${cluster}, such as gateway: { address: 192.0.2.20 }`
      : `remove the call, or write dataplane: sidecar for ${cluster}`,
  }),
  'call-without-service': ({ called, preset, declared }, whereIs) =>
    preset
      ? { sentence: `${quoted(called)} (${whereIs(declared)}) does not receive calls`, hint: 'remove it from calls' }
      : {
          sentence: `${quoted(called)} (${whereIs(declared)}) has no Service for calls`,
          hint: `add its Service and port to ${called}, such as service: ${called} and port: 8080`,
        },
  'host-in-use': ({ host, other, first }, whereIs) => ({
    sentence: `${quoted(host)} is also the host of ${quoted(other)} (${whereIs(first)})`,
    hint: 'give each workload its own host; the gateway routes calls by host',
  }),
};
