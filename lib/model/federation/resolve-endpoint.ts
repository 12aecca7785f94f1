/** Decides how peers reach the bundle endpoint of a cluster. */
import { isIPv6 } from 'node:net';
import { DEFAULTS } from '../../fleet/defaults';
import type { FleetCluster } from '../../fleet/schema';
import { seconds } from '../../formats/duration';
import type { Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { exposureOf } from '../cluster/resolve-exposure';
import type { ResolvedBundleEndpoint } from '../resolved-fleet';

/** Kubernetes' default range for node ports. */
const NODE_PORTS = { from: 30000, to: 32767 } as const;

export function resolveBundleEndpoint(
  name: string,
  cluster: FleetCluster,
  report: Report,
): ResolvedBundleEndpoint | undefined {
  const endpoint = cluster.bundleEndpoint;
  if (endpoint === undefined) {
    return undefined;
  }
  const place = ['clusters', name, 'bundleEndpoint'];
  const {
    address,
    expose = DEFAULTS.bundleEndpoint.expose,
    profile = DEFAULTS.bundleEndpoint.profile,
    webCertificate,
  } = endpoint;
  const port = endpoint.port ?? DEFAULTS.bundleEndpoint.port;
  if (expose === 'NodePort' && endpoint.port === undefined) {
    report(problemAt(place, 'missing-key', { key: 'port', of: 'a bundleEndpoint with expose: NodePort' }));
  } else if (expose === 'NodePort' && (port < NODE_PORTS.from || port > NODE_PORTS.to)) {
    report(
      problemAt([...place, 'port'], 'out-of-range', {
        expected: `a node port from ${NODE_PORTS.from} to ${NODE_PORTS.to}`,
        got: String(port),
      }),
    );
  }
  if (profile === 'https_web' && webCertificate === undefined) {
    report(problemAt(place, 'missing-key', { key: 'webCertificate', of: 'a bundleEndpoint with profile: https_web' }));
  } else if (profile === 'https_spiffe' && webCertificate !== undefined) {
    const because = 'a https_spiffe endpoint proves itself with its SVID';
    report(problemAtKey([...place, 'webCertificate'], 'not-applicable', { key: 'webCertificate', because }));
  }
  return {
    url: `https://${isIPv6(address) ? `[${address}]` : address}:${port}/`,
    ...exposureOf(endpoint),
    port,
    expose,
    profile,
    webCertificate,
    refreshHint: refreshHintOf(cluster),
  };
}

/** How often peers are asked to poll, in seconds. */
export function refreshHintOf({ bundleEndpoint }: Pick<FleetCluster, 'bundleEndpoint'>): number {
  return seconds(bundleEndpoint?.refreshHint ?? DEFAULTS.bundleEndpoint.refreshHint);
}
