/** Messages for versions and combinations of versions. */
import type { WordingOf } from './wording';

export const versionsWording: WordingOf<
  'unsupported-version' | 'version-skew' | 'unsupported-pair' | 'port-not-http' | 'ambient-unsupported' | 'ttl-too-long'
> = {
  'unsupported-version': ({ component, got, supported }) => ({
    sentence: `${component} ${got} is not supported`,
    hint: `supported: ${supported}`,
  }),
  'version-skew': ({ agent, server, rule }) => ({
    sentence:
      rule === 'newer'
        ? `agent ${agent} is newer than its server ${server}`
        : `agent ${agent} is more than one minor version older than its server ${server}`,
    hint: "set agent: to the server's version or to the minor version before it; servers are upgraded first",
  }),
  'unsupported-pair': ({ istio, kubernetes, oldestKubernetes, newestIstio }) => ({
    sentence: `Istio ${istio} does not run on Kubernetes ${kubernetes}; it needs ${oldestKubernetes} or later`,
    hint: `write a ${newestIstio} version for istio:, the newest that runs on Kubernetes ${kubernetes}`,
  }),
  'port-not-http': ({ port, protocol, carried }) =>
    carried === 'HTTP'
      ? {
          sentence: `port ${port} is well known for ${protocol}, and calls in the mesh are HTTP`,
          hint: 'name the port at which it speaks HTTP; if it does so at this one, waive the rule and say so',
        }
      : {
          sentence: `port ${port} is well known for ${protocol}, and an image is called by HTTP/1.1`,
          hint: 'deploy it from elsewhere with a Service that has appProtocol, and name it by pods: and service:',
        },
  'ambient-unsupported': () => ({
    sentence: "Istio's ambient mode cannot use SPIRE: ztunnel asks istiod for its certificates, not the Workload API",
    hint: 'write dataplane: sidecar',
  }),
  'ttl-too-long': ({ key, got, limit, caTtl }) => ({
    sentence: `${key} ${got} is longer than ${limit}, a sixth of caTtl ${caTtl} (at most 7d); SPIRE would issue shorter SVIDs than asked`,
    hint: `lower ${key} to ${limit} or raise caTtl`,
  }),
};
