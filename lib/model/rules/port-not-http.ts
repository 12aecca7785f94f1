/** Finds workloads of the mesh whose port is well known for another protocol than HTTP. */
import { foreignProtocolOf } from '../workloads/well-known-ports';
import { defineRule } from './rule';

export const portNotHttp = defineRule({
  code: 'port-not-http',
  severity: 'error',
  waivable: true,
  looksFor: 'a workload of the mesh whose port is well known for another protocol than HTTP',
  why: "calls in a fleet are HTTP, and the gateway routes them as HTTP. Istio's proxies in front of an image read HTTP/1.1. They close connections of PostgreSQL, and answer gRPC with 502.",
  source:
    'IANA service names and port numbers; https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/; istio/istio#57294',
  example: { port: 5432, protocol: 'PostgreSQL', carried: 'HTTP' },
  check: ({ workloads }, find) => {
    for (const { kind, proxied, written, place } of workloads) {
      // A preset has no port of its own to name.
      if (!proxied || kind === 'preset' || written.port === undefined) continue;
      const foreign = foreignProtocolOf(written.port, kind === 'pods');
      if (foreign !== undefined) find([...place, 'port'], { port: written.port, ...foreign });
    }
  },
});
