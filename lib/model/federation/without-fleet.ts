/** Fills in the defaults of a fleet for federation constructs that are used without one. */
import { findExposure } from '../../exposure/catalog';
import type { Exposure } from '../../exposure/exposure';
import type { Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';
import type { ResolvedExposure } from '../cluster/load-balancer';
import { orThrow } from '../problem-error';
import type { ResolvedBundle, ResolvedBundleEndpoint, ResolvedPeer } from '../resolved-fleet';
import { serverSpiffeId } from '../spire/spiffe-id';
import { bundleFromRoots, readBundle } from '../trust/bundle';
import { readGivenRoots } from '../trust/root-certificates';
import { completeEndpoint, endpointProfile, refreshHintOf } from './resolve-endpoint';

/** A bundle endpoint as a program describes it; one of a resolved fleet is one of these as well. */
export interface BundleEndpointSettings extends ResolvedExposure {
  /** Port at which peers reach it. A node port has no default. @default 8443 */
  readonly port?: number;
  /** What leads to the endpoint, such as `Exposure.nodePort()`. @default - a load balancer */
  readonly exposure?: Exposure;
  /** @default 'https_spiffe' */
  readonly profile?: ResolvedBundleEndpoint['profile'];
  /** Secret with the web certificate, which https_web needs. @default - the endpoint shows the SVID of the server */
  readonly webCertificate?: string;
  /** How often peers are asked to poll, in seconds. @default 300 */
  readonly refreshHint?: number;
}

/**
 * @param where path of the construct, for errors
 * @throws Error if settings do not go together
 */
export function completeBundleEndpoint(given: BundleEndpointSettings, where: string): ResolvedBundleEndpoint {
  const exposure = given.exposure ?? findExposure();
  const refreshHint = given.refreshHint ?? refreshHintOf({});
  return orThrow(where, (report) => completeEndpoint({ ...given, exposure, refreshHint }, ['bundleEndpoint'], report));
}

/** A trust domain to federate with, as a program describes it; a peer of a resolved fleet is one of these as well. */
export interface PeerSettings {
  readonly trustDomain: string;
  /** URL of its bundle endpoint, with scheme https. */
  readonly url: string;
  /** @default 'https_spiffe' */
  readonly profile?: ResolvedPeer['profile'];
  /** SPIFFE ID that its endpoint proves. @default - that of its SPIRE server; none for https_web */
  readonly endpointSpiffeId?: string;
  /** Its root certificates in PEM. Their validity periods are not checked. @default - `bundle`, or none */
  readonly root?: string;
  /**
   * Its SPIFFE bundle in JSON, in place of `root`. Validity periods are not checked.
   * @default - made from `root`; only https_web can do without both
   */
  readonly bundle?: string | ResolvedBundle;
}

/**
 * @param where path of the construct, for errors
 * @throws Error if root or bundle cannot verify SVIDs of the trust domain, or are missing
 */
export function completePeer(given: PeerSettings & { readonly cluster: string }, where: string): ResolvedPeer {
  const { cluster, trustDomain, url } = given;
  const profile = endpointProfile(given);
  const spiffeId = profile === 'https_web' ? undefined : serverSpiffeId(trustDomain);
  return {
    cluster,
    trustDomain,
    url,
    profile,
    endpointSpiffeId: given.endpointSpiffeId ?? spiffeId,
    bundle: orThrow(where, (report) => bundleOf(given, profile, report)),
  };
}

function bundleOf(
  { trustDomain, root, bundle }: PeerSettings,
  profile: ResolvedPeer['profile'],
  report: Report,
): ResolvedBundle | undefined {
  const refreshHint = refreshHintOf({});
  if (typeof bundle === 'object') return bundle;
  if (bundle !== undefined) {
    const file = { file: 'bundle', text: bundle, trustDomain, refreshHint, place: { path: ['bundle'] } };
    return readBundle(file, undefined, report);
  }
  if (root !== undefined) {
    const roots = readGivenRoots(root, trustDomain, report);
    return roots && bundleFromRoots(roots, refreshHint);
  }
  if (profile === 'https_spiffe') {
    report(problemAt([], 'missing-key', { key: 'root', of: 'a peer with the profile https_spiffe' }));
  }
  return undefined;
}
