/** Messages for the settings of SPIRE agents and of spire-controller-manager. */
import type { AgentProblemFacts } from '../agent-facts';
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const agentsWording: WordingOf<
  | 'agent-socket-unusable'
  | 'agents-bundle-unusable'
  | 'availability-target-ignored'
  | 'namespace-ignored'
  | 'parent-id-unknown'
  | 'sync-interval-too-long'
> = {
  'agent-socket-unusable': ({ because, got }) =>
    because === 'istio'
      ? {
          sentence: `the socket of the Workload API is named ${quoted(got)}, and Istio's proxies look for "socket" only`,
          hint: 'remove name, or write istio: { dataplane: none } for a cluster without Istio',
        }
      : {
          sentence: `the folder of the Workload API, ${quoted(got)}, contains the socket for delegates, so every pod could reach it; agents do not start`,
          hint: 'use another folder, such as /run/spire/agent-sockets',
        },
  'agents-bundle-unusable': ({ url, because }) => ({
    sentence: `agents cannot start from the bundle at ${quoted(url)}: ${whyUnusable(because)}`,
    hint:
      because.kind === 'format'
        ? 'write format: spiffe'
        : 'name a host with a certificate of a public CA, or remove trustBundle; agents then read the ConfigMap that their server writes',
  }),
  'availability-target-ignored': ({ target, key, ttl, least }) => ({
    sentence: `availabilityTarget ${target} has no effect on SVIDs that live for ${ttl} (${key}); agents would renew them at half of their life`,
    hint: `raise ${key} to ${least} or more, or lower or remove availabilityTarget`,
  }),
  'namespace-ignored': ({ namespace, pattern, pods, at }, whereIs) => ({
    sentence: `namespace ${quoted(namespace)} is ignored by ${quoted(pattern)} (${whereIs(at)}), so ${pods} would get no SVIDs`,
    hint: 'use another namespace, or change ignoredNamespaces',
  }),
  'parent-id-unknown': ({ template, agents }) => ({
    sentence: `entries would be below ${quoted(template)}, but agents have the ID ${quoted(agents)}; without an alias they get no entries`,
    hint: 'remove parentIdTemplate, or make the ID an alias by a ClusterStaticEntry and waive the rule',
  }),
  'sync-interval-too-long': ({ got, key, ttl, limit }) => ({
    sentence: `syncInterval ${got} is longer than ${limit}, a tenth of ${ttl} (${key}); after a failed call or two, SVIDs would end before agents renew them`,
    hint: `lower syncInterval to ${limit} or raise ${key}`,
  }),
};

function whyUnusable(because: AgentProblemFacts['agents-bundle-unusable']['because']): string {
  switch (because.kind) {
    case 'private':
      return `no public CA issues a certificate for ${quoted(because.host)} (${because.what})`;
    case 'trust-domain':
      return `it is the bundle endpoint of ${quoted(because.cluster)}, which is another trust domain`;
    case 'svid':
      return `the bundle endpoint of ${quoted(because.cluster)} authenticates with an SVID, which agents cannot verify without the bundle`;
    case 'format':
      return `the bundle endpoint of ${quoted(because.cluster)} serves a SPIFFE bundle, not PEM`;
  }
}
