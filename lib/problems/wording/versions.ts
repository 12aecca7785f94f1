/** Messages for versions and combinations of versions. */
import type { WordingOf } from './wording';

export const versionsWording: WordingOf<
  'unsupported-version' | 'version-skew' | 'unsupported-pair' | 'port-not-http' | 'ambient-unsupported' | 'ttl-too-long'
> = {
  'unsupported-version': ({ component, got, supported }) => ({
    sentence: `${component} ${got} is not supported`,
    hint: `use a supported version: ${supported}`,
  }),
  'version-skew': ({ agent, server, rule }) => ({
    sentence:
      rule === 'newer'
        ? `agent ${agent} is newer than its server ${server}`
        : `agent ${agent} is more than one minor version older than its server ${server}`,
    hint: "set agent to the server's version or to the minor version before it; upgrade servers first",
  }),
  'unsupported-pair': ({ istio, kubernetes, oldestKubernetes, newestIstio }) => ({
    sentence: `Istio ${istio} does not run on Kubernetes ${kubernetes}; it needs ${oldestKubernetes} or later`,
    hint: `set istio to a ${newestIstio} version, the newest that runs on Kubernetes ${kubernetes}`,
  }),
  'port-not-http': ({ port, protocol, carried }) =>
    carried === 'HTTP'
      ? {
          sentence: `port ${port} is the well-known port of ${protocol}, but calls in the mesh use HTTP`,
          hint: 'write the HTTP port of the workload; if this port does serve HTTP, waive the rule',
        }
      : {
          sentence: `port ${port} is the well-known port of ${protocol}, but workloads with image are called with HTTP/1.1`,
          hint: 'deploy it separately with a Service that sets appProtocol, and replace image with pods and service',
        },
  'ambient-unsupported': () => ({
    sentence:
      "Istio's ambient mode cannot use SPIRE: ztunnel gets its certificates from istiod, not from the Workload API",
    hint: 'write dataplane: sidecar',
  }),
  'ttl-too-long': ({ key, got, limit, caTtl }) => ({
    sentence: `${key} ${got} is longer than ${limit}, a sixth of caTtl ${caTtl} (at most 7d); SPIRE would issue shorter SVIDs`,
    hint: `lower ${key} to ${limit} or raise caTtl`,
  }),
};
