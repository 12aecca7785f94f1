/** Resolves how peers reach the bundle endpoint of a cluster. */

import { isIPv6 } from 'node:net';
import { findExposure } from '../../exposure/catalog';
import type { Exposure } from '../../exposure/exposure';
import { DEFAULTS } from '../../fleet/defaults';
import { missingKey } from '../../fleet/missing-key';
import type { FleetCluster } from '../../fleet/schema';
import { seconds } from '../../formats/duration';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { exposureOf } from '../cluster/resolve-exposure';
import type { ResolvedBundleEndpoint } from '../resolved-fleet';

export function resolveBundleEndpoint(
  name: string,
  cluster: FleetCluster,
  report: Report,
): ResolvedBundleEndpoint | undefined {
  const endpoint = cluster.bundleEndpoint;
  if (endpoint === undefined) {
    return undefined;
  }
  const exposure = findExposure(endpoint.expose);
  const refreshHint = refreshHintOf(cluster);
  return completeEndpoint({ ...endpoint, exposure, refreshHint }, ['clusters', name, 'bundleEndpoint'], report);
}

/** A bundle endpoint whose port and profile may be left to the defaults. */
type GivenEndpoint = Omit<ResolvedBundleEndpoint, 'url' | 'port' | 'profile'> &
  Partial<Pick<ResolvedBundleEndpoint, 'port' | 'profile'>>;

/** Fills in the defaults, and reports keys that do not go together. */
export function completeEndpoint(endpoint: GivenEndpoint, place: FleetPath, report: Report): ResolvedBundleEndpoint {
  const { address, webCertificate, exposure, refreshHint } = endpoint;
  const profile = endpointProfile(endpoint);
  const port = endpoint.port ?? DEFAULTS.bundleEndpoint.port;
  checkNodePort(endpoint.port, exposure, place, report);
  if (profile === 'https_web' && webCertificate === undefined) {
    report(missingKey(place, 'webCertificate', 'a bundleEndpoint with profile: https_web'));
  } else if (profile === 'https_spiffe' && webCertificate !== undefined) {
    const because = 'an https_spiffe endpoint authenticates with its SVID';
    report(problemAtKey([...place, 'webCertificate'], 'not-applicable', { key: 'webCertificate', because }));
  }
  return {
    url: `https://${isIPv6(address) ? `[${address}]` : address}:${port}/`,
    ...exposureOf(endpoint),
    port,
    exposure,
    profile,
    webCertificate,
    refreshHint,
  };
}

function checkNodePort(
  port: number | undefined,
  { name, nodePorts }: Exposure,
  place: FleetPath,
  report: Report,
): void {
  if (nodePorts === undefined) return;
  if (port === undefined) {
    report(missingKey(place, 'port', `a bundleEndpoint with expose: ${name}`));
  } else if (port < nodePorts.from || port > nodePorts.to) {
    const expected = `a node port from ${nodePorts.from} to ${nodePorts.to}`;
    report(problemAt([...place, 'port'], 'out-of-range', { expected, got: String(port) }));
  }
}

/** How often peers are asked to poll, in seconds. */
export function refreshHintOf({ bundleEndpoint }: Pick<FleetCluster, 'bundleEndpoint'>): number {
  return seconds(bundleEndpoint?.refreshHint ?? DEFAULTS.bundleEndpoint.refreshHint);
}

/** How the bundle endpoint of a cluster or of a partner proves who it is. */
export function endpointProfile({
  profile,
}: Pick<NonNullable<FleetCluster['bundleEndpoint']>, 'profile'>): ResolvedBundleEndpoint['profile'] {
  return profile ?? DEFAULTS.bundleEndpoint.profile;
}
