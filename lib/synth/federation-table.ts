/** Tells of each trust domain that others trust by what it is trusted, until when, and which outage of its endpoint they bear. */
import { goDuration } from '../model/duration';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';

/** Rows of a Markdown table; empty where nobody federates. */
export function renderFederations(fleet: ResolvedFleet): readonly string[] {
  const rows = fleet.clusters.flatMap((cluster) => {
    const polledBy = fleet.clusters.filter(({ peers }) => peers.some((peer) => peer.cluster === cluster.name));
    const partners = fleet.partners.filter(({ clusters }) => clusters.includes(cluster.name));
    const pollers = [...polledBy, ...partners].map(({ name }) => name).sort();
    return pollers.length === 0 ? [] : [rowOf(cluster, pollers)];
  });
  return rows.length === 0
    ? []
    : [
        '| trust domain | trusted by | until | polled by | every | bears an outage of its endpoint of |',
        '|---|---|---|---|---|---|',
        ...rows,
      ];
}

function rowOf({ trustDomain, trust, bundleEndpoint, spire }: ResolvedCluster, pollers: readonly string[]): string {
  const authorities = trust.bundle?.authorities ?? [];
  const [by, outage] =
    trust.root !== undefined
      ? ['its root', 'any length, while the root lasts']
      : [
          trust.bundle === undefined ? 'the public web' : 'a pinned bundle',
          `${goDuration(Math.floor(spire.caTtl / 3))}, a third of the CA's life`,
        ];
  const fingerprints = authorities.map(({ fingerprint }) => `\`${fingerprint.slice(0, 23)}…\``).join(', ');
  const until =
    authorities
      .map(({ notAfter }) => notAfter.slice(0, 10))
      .sort()
      .at(-1) ?? '–';
  const hint = bundleEndpoint === undefined ? '–' : goDuration(bundleEndpoint.refreshHint);
  const cells = [
    `\`${trustDomain}\``,
    [by, fingerprints].filter(Boolean).join(' '),
    until,
    pollers.join(', '),
    hint,
    outage,
  ];
  return `| ${cells.join(' | ')} |`;
}
