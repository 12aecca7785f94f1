/** Decides where the trust in each domain comes from: a known root, a pinned bundle, or the public web. */
import type { X509Certificate } from 'node:crypto';
import type { TrustFile } from '../fleet/load';
import type { Fleet, FleetCluster } from '../fleet/schema';
import type { FleetPath, Report } from '../problems/problem';
import { problemAt, problemAtKey, warningAt } from '../problems/problem';
import { bundleFromRoots, readBundle } from './bundle';
import { refreshHintOf } from './resolve-endpoint';
import type { ResolvedTrust } from './resolved-fleet';
import { fingerprint, readRoots } from './root-certificates';
import { trustMaterialOf } from './trust-material';

/** What synthesis may know of the world outside the fleet file. */
export interface Surroundings {
  readonly readTrustFile: (path: string, place: FleetPath) => TrustFile;
  /** Decides which certificates have expired; never part of the output. */
  readonly now: Date;
}

/** Resolves one cluster after the other, and notices roots that two of them share. */
export class TrustResolver {
  private readonly owners = new Map<string, { readonly cluster: string; readonly place: FleetPath }>();

  constructor(
    private readonly fleet: Fleet,
    private readonly surroundings: Surroundings,
    private readonly report: Report,
  ) {}

  resolve(name: string, cluster: FleetCluster, isFederated: boolean): ResolvedTrust {
    const trust = cluster.trust ?? {};
    const place = ['clusters', name, 'trust'];
    if (trust.bundle !== undefined) {
      return this.pinnedBundle(cluster, trust.bundle, place);
    }
    const material = trustMaterialOf(this.fleet, name);
    if (material === undefined) {
      return this.unseeded(name, cluster, isFederated);
    }
    const { rootFile: file, secret } = material;
    const rootPlace = trust.root === undefined ? ['clusters', name] : [...place, 'root'];
    const read = this.surroundings.readTrustFile(file, rootPlace);
    if ('problem' in read) {
      this.report(read.problem);
      return {};
    }
    if ('missing' in read) {
      this.report(problemAt(rootPlace, 'file-missing', { what: 'the root certificate', file }));
      return {};
    }
    const { trustDomain } = cluster;
    const roots = readRoots(
      { file, text: read.text, trustDomain, place: rootPlace },
      this.surroundings.now,
      this.report,
    );
    if (roots === undefined) {
      return {};
    }
    this.noticeShared(name, roots, rootPlace);
    return {
      root: { pem: roots.map((root) => root.toString()).join('') },
      secret,
      bundle: bundleFromRoots(roots, refreshHintOf(cluster)),
    };
  }

  private pinnedBundle(cluster: FleetCluster, file: string, place: FleetPath): ResolvedTrust {
    for (const key of ['root', 'secret'] as const) {
      if (cluster.trust?.[key] !== undefined) {
        this.report(
          problemAtKey([...place, key], 'not-applicable', {
            key,
            because: 'with a pinned bundle the server signs with a CA of its own',
            other: [...place, 'bundle'],
          }),
        );
      }
    }
    const read = this.surroundings.readTrustFile(file, [...place, 'bundle']);
    if ('problem' in read) {
      this.report(read.problem);
      return {};
    }
    if ('missing' in read) {
      this.report(problemAt([...place, 'bundle'], 'file-missing', { what: 'the bundle', file }));
      return {};
    }
    const { trustDomain } = cluster;
    const at = [...place, 'bundle'];
    return {
      bundle: readBundle(
        { file, text: read.text, trustDomain, refreshHint: refreshHintOf(cluster), place: at },
        this.surroundings.now,
        this.report,
      ),
    };
  }

  private unseeded(name: string, cluster: FleetCluster, isFederated: boolean): ResolvedTrust {
    if (cluster.trust?.secret !== undefined) {
      const because = 'without root the server signs with a CA of its own';
      this.report(problemAtKey(['clusters', name, 'trust', 'secret'], 'not-applicable', { key: 'secret', because }));
    }
    if (isFederated) {
      this.report(warningAt(['clusters', name, 'bundleEndpoint', 'profile'], 'unseeded-bundle', { cluster: name }));
    }
    return {};
  }

  private noticeShared(cluster: string, roots: readonly X509Certificate[], place: FleetPath): void {
    for (const root of roots) {
      const owner = this.owners.get(fingerprint(root));
      if (owner === undefined) {
        this.owners.set(fingerprint(root), { cluster, place });
      } else if (this.fleet.clusters[owner.cluster]?.trustDomain !== this.fleet.clusters[cluster]?.trustDomain) {
        const facts = { cluster: owner.cluster, fingerprint: `${fingerprint(root).slice(0, 23)}…`, first: owner.place };
        this.report(problemAt(place, 'shared-root', facts));
      }
    }
  }
}
