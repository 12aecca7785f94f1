/** The table of federations: for each trust domain its root, the expiry of the root, and the longest endpoint outage that peers survive. */

import { goDuration } from '../formats/duration';
import type { ResolvedAuthority, ResolvedCluster, ResolvedFleet, ResolvedPartner } from '../model/resolved-fleet';

/** Rows of a Markdown table; empty if no clusters federate. */
export function renderFederations(fleet: ResolvedFleet): readonly string[] {
  const pollersOf = pollersIn(fleet);
  // A nested cluster has no endpoint. The endpoint of the cluster above serves the trust domain.
  const polled = fleet.clusters.filter(({ upstream }) => upstream === undefined);
  const rows = polled.flatMap((cluster) => {
    const pollers = [...(pollersOf.get(cluster.name) ?? [])].sort();
    return pollers.length === 0 ? [] : [rowOf(cluster, pollers)];
  });
  rows.push(...fleet.partners.flatMap((partner) => partnerRow(partner, fleet) ?? []));
  return rows.length === 0
    ? []
    : [
        '| trust domain | verified with | expires | polled by | interval | survives an endpoint outage of |',
        '|---|---|---|---|---|---|',
        ...rows,
      ];
}

/** The pollers of each cluster, by the name of the polled cluster. */
function pollersIn({ clusters, partners }: ResolvedFleet): ReadonlyMap<string, readonly string[]> {
  const pollers = new Map<string, string[]>(clusters.map(({ name }) => [name, []]));
  for (const { name, peers } of clusters) {
    for (const peer of peers) pollers.get(peer.cluster)?.push(name);
  }
  for (const partner of partners) {
    for (const cluster of partner.clusters) pollers.get(cluster)?.push(partner.name);
  }
  return pollers;
}

function rowOf({ trustDomain, trust, bundleEndpoint, spire }: ResolvedCluster, pollers: readonly string[]): string {
  const authorities = trust.bundle?.authorities ?? [];
  const [by, outage] =
    trust.root !== undefined
      ? ['its root', 'any length, until the root expires']
      : [
          trust.bundle === undefined ? 'public CAs' : 'a pinned bundle',
          `${goDuration(Math.floor(spire.caTtl / 3))}, a third of caTtl`,
        ];
  const hint = bundleEndpoint === undefined ? '–' : goDuration(bundleEndpoint.refreshHint);
  return row([`\`${trustDomain}\``, trustedBy(by, authorities), until(authorities), pollers.join(', '), hint, outage]);
}

/** The row of a partner. Only its operator knows its CA lifetime and its refresh hint. */
function partnerRow({ name, trustDomain }: ResolvedPartner, { clusters }: ResolvedFleet): string | undefined {
  const pollers = clusters.filter(({ peers }) => peers.some(({ cluster }) => cluster === name));
  const bundle = pollers[0]?.peers.find(({ cluster }) => cluster === name)?.bundle;
  if (pollers.length === 0) return undefined;
  const authorities = bundle?.authorities ?? [];
  const by = bundle === undefined ? 'public CAs' : 'the root or bundle from its operator';
  const names = pollers.map((cluster) => cluster.name).join(', ');
  return row([
    `\`${trustDomain}\``,
    trustedBy(by, authorities),
    until(authorities),
    names,
    'its refresh hint',
    'ask its operator',
  ]);
}

function trustedBy(what: string, authorities: readonly ResolvedAuthority[]): string {
  const fingerprints = authorities.map(({ fingerprint }) => `\`${fingerprint.slice(0, 23)}…\``).join(', ');
  return [what, fingerprints].filter(Boolean).join(' ');
}

function until(authorities: readonly ResolvedAuthority[]): string {
  const days = authorities.map(({ notAfter }) => notAfter.slice(0, 10)).sort();
  return days.at(-1) ?? '–';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
