/** Resolves the source of trust in each domain: a root certificate, a pinned bundle, or Web PKI. */

import type { X509Certificate } from 'node:crypto';
import { defaultRootFile } from '../../fleet/defaults';
import type { TrustFile } from '../../fleet/load';
import { missingKey } from '../../fleet/missing-key';
import type { Fleet, FleetCluster, FleetPartner } from '../../fleet/schema';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { chosen } from '../../spire-plugins/choice';
import { DEFAULT_UPSTREAM_AUTHORITY } from '../../spire-plugins/upstream-authority/catalog';
import { refreshHintOf } from '../federation/resolve-endpoint';
import type { PreviousFleet } from '../previous-fleet';
import type { ResolvedBundle, ResolvedTrust } from '../resolved-fleet';
import { rootPathShort } from '../rules/root-path-short';
import { type KeyOwner, keyOwner, sharedRoot } from '../rules/shared-root';
import { nestedUnder } from '../spire/nesting';
import type { ResolvedServerApi } from '../spire/resolved-nesting';
import { authorityOf, bundleFromRoots, certificatesOf, readBundle } from './bundle';
import { readRoots } from './root-certificates';
import { type TrustDomainOwner, trustDomainOwners } from './trust-domain-owners';
import { nestedRootFile, trustMaterialOf } from './trust-material';

/** What synthesis may know of the world outside the fleet file. */
export interface Surroundings {
  readonly readTrustFile: (path: string, place: FleetPath) => TrustFile;
  /** Decides which certificates have expired; never part of the output. */
  readonly now: Date;
  /** What the last synthesis decided; never part of the output. @default - there was none */
  readonly previous?: PreviousFleet;
}

/** A file with trust material, and the trust domain that it belongs to. */
interface TrustSource {
  readonly file: string;
  readonly trustDomain: string;
  /** Where the fleet names the file, or could name it. */
  readonly place: FleetPath;
  /** In seconds. */
  readonly refreshHint: number;
  /** CAs between its root and an SVID, see SvidChain. @default - not known */
  readonly casBelow?: number;
  /** The cluster for which the command `root` makes the file. @default - no command makes it */
  readonly madeFor?: string;
}

/** What to do about `secret` beside `authority`: only the authority `secret` has a Secret that the fleet can name. */
function secretHint({ secret, authority }: NonNullable<FleetCluster['trust']>): string {
  const { key } = DEFAULT_UPSTREAM_AUTHORITY;
  return chosen(authority)?.key === key
    ? `name the Secret below authority instead: { ${key}: { name: ${secret} } }`
    : 'remove secret, because authority says who signs';
}

/** Resolves one trust domain after the other, and notices roots that two of them share. */
export class TrustResolver {
  /** Clusters and partners whose roots are refused although they can be read. Other rules say nothing of these roots. */
  readonly refused = new Set<string>();
  /** Fingerprint of a key → the first cluster or partner that has it. */
  private readonly owners = new Map<string, KeyOwner>();

  private readonly domainOwners: ReadonlyMap<string, TrustDomainOwner>;

  constructor(
    private readonly fleet: Fleet,
    private readonly surroundings: Surroundings,
    private readonly report: Report,
  ) {
    this.domainOwners = trustDomainOwners(fleet);
  }

  resolve(name: string, cluster: FleetCluster): ResolvedTrust {
    const trust = cluster.trust ?? {};
    const place = ['clusters', name, 'trust'];
    const source = { trustDomain: cluster.trustDomain, refreshHint: refreshHintOf(cluster) };
    if (trust.bundle !== undefined) {
      this.refuseBesideBundle(cluster, place);
      return { bundle: this.pinnedBundle(name, { ...source, file: trust.bundle, place: [...place, 'bundle'] }) };
    }
    const material = trustMaterialOf(this.fleet, name);
    if (material === undefined) {
      this.refuseSecretWithoutRoot(name, cluster);
      return {};
    }
    if (trust.secret !== undefined && trust.authority !== undefined) {
      const keys = ['secret', 'authority'];
      this.report(problemAt(place, 'exclusive-keys', { keys, given: keys, hint: secretHint(trust) }));
    }
    const { rootFile: file, secret } = material;
    const rootPlace = trust.root === undefined ? ['clusters', name] : [...place, 'root'];
    const casBelow = nestedUnder(this.fleet, name).length > 0 ? 2 : 1;
    const root = { ...source, file, place: rootPlace, casBelow };
    const known =
      secret === undefined
        ? this.knownRoots(name, root, "the issuer's root certificate")
        : this.knownRoots(name, { ...root, madeFor: name }, 'the root certificate');
    const short = known && rootPathShort.problemOf({ roots: known.roots, file, place: rootPlace, casBelow });
    if (short !== undefined) {
      this.report(short);
      this.refused.add(name);
    }
    return known === undefined
      ? {}
      : { root: { pem: known.roots.map((root) => root.toString()).join('') }, bundle: known.bundle };
  }

  /** The roots of the certificates by which nested servers prove who they are. */
  resolveNestedRoots(
    name: string,
    cluster: FleetCluster,
  ): Pick<ResolvedServerApi, 'rootPem' | 'authorities'> | undefined {
    const { trustDomain, serverApi } = cluster;
    if (serverApi === undefined) return undefined;
    const place = ['clusters', name, 'serverApi', ...(serverApi.root === undefined ? [] : ['root'])];
    const source = { file: nestedRootFile(cluster), trustDomain, place, refreshHint: 0, madeFor: name };
    const roots = this.readRoots(source, 'the root certificate of nested servers');
    return (
      roots && {
        rootPem: roots.map((root) => root.toString()).join(''),
        authorities: roots.map(authorityOf),
      }
    );
  }

  /** The bundle that is known of a partner, from its root or pinned. */
  resolvePartner(
    name: string,
    { trustDomain, trust = {} }: FleetPartner,
    profile: 'https_spiffe' | 'https_web',
  ): ResolvedBundle | undefined {
    const { root, bundle } = trust;
    const place = ['partners', name];
    // Only the partner sets its refresh hint. The seed has the hint that SPIRE uses by default.
    const source = { trustDomain, refreshHint: refreshHintOf({}) };
    if (root !== undefined && bundle !== undefined) {
      const keys = ['root', 'bundle'];
      this.report(problemAt([...place, 'trust'], 'exclusive-keys', { keys, given: keys }));
      return undefined;
    }
    if (bundle !== undefined) {
      return this.pinnedBundle(name, { ...source, file: bundle, place: [...place, 'trust', 'bundle'] });
    }
    if (root !== undefined) {
      const roots = { ...source, file: root, place: [...place, 'trust', 'root'] };
      return this.knownRoots(name, roots, "the partner's root certificate")?.bundle;
    }
    if (profile === 'https_spiffe') {
      this.report(missingKey(place, 'trust', 'a partner with an https_spiffe endpoint'));
    }
    return undefined;
  }

  /** Hosts that gateways of a trust domain serve; their SVIDs name them. */
  private hostsOf(trustDomain: string): readonly string[] {
    const { workloads = {}, clusters } = this.fleet;
    return Object.values(workloads).flatMap(({ cluster, host }) =>
      host !== undefined &&
      cluster !== undefined &&
      Object.hasOwn(clusters, cluster) &&
      clusters[cluster]?.trustDomain === trustDomain
        ? [host]
        : [],
    );
  }

  private knownRoots(
    name: string,
    source: TrustSource,
    what: string,
  ): { readonly roots: readonly X509Certificate[]; readonly bundle: ResolvedBundle } | undefined {
    const roots = this.readRoots(source, what);
    if (roots === undefined) {
      return undefined;
    }
    this.noticeShared(name, roots, source);
    return { roots, bundle: bundleFromRoots(roots, source.refreshHint) };
  }

  private readRoots(source: TrustSource, what: string): readonly X509Certificate[] | undefined {
    const { now } = this.surroundings;
    const text = this.read(source, what);
    return text === undefined
      ? undefined
      : readRoots(
          { ...source, text, dnsNames: this.hostsOf(source.trustDomain), place: { path: source.place } },
          now,
          this.reportOn(source),
        );
  }

  /** Leaves out "foreign-root" if the trust domain belongs to another cluster or partner, which is reported already. */
  private reportOn({ trustDomain, place: [section, name] }: TrustSource): Report {
    const owner = this.domainOwners.get(trustDomain);
    return owner === undefined || (owner.section === section && owner.name === name)
      ? this.report
      : (problem) => problem.code !== 'foreign-root' && this.report(problem);
  }

  private pinnedBundle(name: string, source: TrustSource): ResolvedBundle | undefined {
    const text = this.read(source, 'the bundle');
    if (text === undefined) return undefined;
    const bundle = readBundle(
      { ...source, text, place: { path: source.place } },
      this.surroundings.now,
      this.reportOn(source),
    );
    if (bundle !== undefined) this.noticeShared(name, certificatesOf(bundle), source);
    return bundle;
  }

  /** Text of a file, or undefined after reporting why there is none. */
  private read({ file, place, trustDomain, madeFor: cluster }: TrustSource, what: string): string | undefined {
    const { readTrustFile } = this.surroundings;
    const read = readTrustFile(file, place);
    if ('text' in read) {
      return read.text;
    }
    // If the default file exists, the path is misspelt, and the hint must not suggest to create a new root.
    const usual = defaultRootFile(trustDomain);
    const meant = usual !== file && 'text' in readTrustFile(usual, place) ? usual : undefined;
    this.report('problem' in read ? read.problem : problemAt(place, 'file-missing', { what, file, meant, cluster }));
    return undefined;
  }

  private refuseBesideBundle(cluster: FleetCluster, place: FleetPath): void {
    for (const key of ['root', 'secret', 'authority'] as const) {
      if (cluster.trust?.[key] !== undefined) {
        const because = 'with a pinned bundle, the server signs with its own CA';
        this.report(problemAtKey([...place, key], 'not-applicable', { key, because, other: [...place, 'bundle'] }));
      }
    }
  }

  private refuseSecretWithoutRoot(name: string, cluster: FleetCluster): void {
    if (cluster.trust?.secret === undefined) return;
    const because = 'without a root, the server signs with its own CA';
    this.report(problemAtKey(['clusters', name, 'trust', 'secret'], 'not-applicable', { key: 'secret', because }));
  }

  /** Reports roots of another trust domain, and remembers the others. */
  private noticeShared(
    name: string,
    certificates: readonly X509Certificate[],
    { trustDomain, place }: TrustSource,
  ): void {
    const claimed = certificates.map((certificate) => keyOwner(certificate, { name, trustDomain, place }));
    const shared = sharedRoot.problemOf({ claimed, owners: this.owners });
    for (const claim of claimed) {
      if (!this.owners.has(claim.key)) this.owners.set(claim.key, claim);
    }
    if (shared === undefined) return;
    this.refused.add(name).add(shared.facts.cluster);
    this.report(shared);
  }
}
