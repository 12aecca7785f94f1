/** The root file and the Secret of a cluster's CA. Does not check whether they exist. */
import { defaultNestedRootFile, defaultRootFile } from '../../fleet/defaults';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import type { Choice } from '../../spire-plugins/plugin';
import { DEFAULT_UPSTREAM_AUTHORITY, DEFAULT_UPSTREAM_SECRET } from '../../spire-plugins/upstream-authority/catalog';
import { spireNamespaces } from '../spire/resolve-spire';
import { chosenAuthority } from './chosen-authority';

export interface TrustMaterial {
  readonly trustDomain: string;
  /** Relative to the fleet file. */
  readonly rootFile: string;
  /** Secret with the intermediate that a person provides; undefined where somebody else signs, or issues the intermediate. */
  readonly secret?: string;
  /** Of the server. */
  readonly namespace: string;
}

function secretOf(authority: Choice | undefined): string | undefined {
  const { key, settings } = authority ?? { key: DEFAULT_UPSTREAM_AUTHORITY.key, settings: {} };
  if (key !== DEFAULT_UPSTREAM_AUTHORITY.key) return undefined;
  const { name, certificate } = settings as { readonly name?: string; readonly certificate?: unknown };
  return certificate === undefined ? (name ?? DEFAULT_UPSTREAM_SECRET) : undefined;
}

/** Undefined for a cluster whose server signs with a CA of its own. */
export function trustMaterialOf(fleet: Fleet, cluster: string): TrustMaterial | undefined {
  const written = fleet.clusters[cluster];
  if (written === undefined || written.trust?.bundle !== undefined) {
    return undefined;
  }
  const { root, authority } = written.trust ?? {};
  if (root === undefined && authority === undefined && written.bundleEndpoint?.profile === 'https_web') {
    return undefined;
  }
  return {
    trustDomain: written.trustDomain,
    rootFile: written.trust?.root ?? defaultRootFile(written.trustDomain),
    secret: secretOf(chosenAuthority(fleet, cluster)),
    namespace: spireNamespaces(fleet, cluster).server,
  };
}

/** Path of the root of the certificates by which nested servers prove who they are. */
export function nestedRootFile({ trustDomain, serverApi }: FleetCluster): string {
  return serverApi?.root ?? defaultNestedRootFile(trustDomain);
}

/** The place in the fleet that gives the root or bundle of a trust domain, or could give it. */
export function placeOfTrust(fleet: Fleet, cluster: string): FleetPath {
  const trust = fleet.clusters[cluster]?.trust;
  const key = trust?.bundle === undefined ? 'root' : 'bundle';
  return ['clusters', cluster, ...(trust?.[key] === undefined ? [] : ['trust', key])];
}
