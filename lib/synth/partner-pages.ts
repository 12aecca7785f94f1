/** Writes for each partner what its operator must be told: whom to trust, where to poll, who calls and is called. */
import type { ResolvedCluster, ResolvedFleet, ResolvedPartner } from '../model/resolved-fleet';
import { serverSpiffeId } from '../model/spiffe-id';

/** Folder of the pages; nothing in it is applied by us. */
export const PARTNERS_FOLDER = 'partners';

/** A Markdown page, without the line that marks it. */
export interface PartnerPage {
  readonly path: string;
  readonly text: string;
}

export function partnerPages(fleet: ResolvedFleet): readonly PartnerPage[] {
  return fleet.partners.map((partner) => ({
    path: `${PARTNERS_FOLDER}/${partner.name}.md`,
    text: renderPage(partner, fleet),
  }));
}

function renderPage(partner: ResolvedPartner, fleet: ResolvedFleet): string {
  const clusters = fleet.clusters.filter(({ name }) => partner.clusters.includes(name));
  return [
    `# To the operator of ${partner.trustDomain}`,
    '',
    `We poll your bundle at \`${partner.url}\` (${partner.profile}).`,
    ...spaced(callLines(partner, fleet)),
    ...clusters.flatMap((cluster) => ['', ...clusterLines(cluster)]),
    '',
  ].join('\n');
}

/** A Markdown list starts after an empty line. */
function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function callLines({ name }: ResolvedPartner, { calls, clusters }: ResolvedFleet): readonly string[] {
  const incoming = calls.filter(({ callerCluster }) => callerCluster === name);
  const outgoing = calls.filter(({ calledCluster }) => calledCluster === name);
  return [
    ...incoming.map(({ caller, called, calledCluster }) => {
      const gateway = clusters.find((cluster) => cluster.name === calledCluster)?.gateway;
      const host = gateway?.hosts.find(({ workload }) => workload === called)?.host;
      return `- your \`${caller}\` may call \`https://${host}\` at \`${gateway?.address}:${gateway?.port}\`, which presents \`${gateway?.spiffeId}\``;
    }),
    ...outgoing.map(({ caller, callerCluster, called }) => {
      const cluster = clusters.find((candidate) => candidate.name === callerCluster);
      const identity = cluster?.identities.find((rule) => rule.name === `workload-${caller}`)?.spiffeIdTemplate;
      const from =
        identity === undefined || identity.includes('{{')
          ? `\`${caller}\` of \`${cluster?.trustDomain}\``
          : `\`${identity}\``;
      return `- ${from} calls your \`${called}\``;
    }),
  ];
}

function clusterLines({ name, trustDomain, bundleEndpoint, trust }: ResolvedCluster): readonly string[] {
  return [
    `## ${name}`,
    '',
    '| what | value |',
    '|---|---|',
    `| trust domain | \`${trustDomain}\` |`,
    ...(bundleEndpoint === undefined
      ? []
      : [
          `| bundle endpoint | \`${bundleEndpoint.url}\` |`,
          `| profile | ${bundleEndpoint.profile} |`,
          ...(bundleEndpoint.profile === 'https_spiffe'
            ? [`| SPIFFE ID of the endpoint | \`${serverSpiffeId(trustDomain)}\` |`]
            : []),
        ]),
    ...(trust.bundle?.authorities ?? []).map(
      ({ fingerprint, notAfter }) => `| X.509 authority | \`${fingerprint}\`, until ${notAfter.slice(0, 10)} |`,
    ),
    ...(trust.bundle === undefined
      ? []
      : [
          '',
          'The bundle to start from; compare the fingerprint over another channel:',
          '',
          '```json',
          trust.bundle.text.trimEnd(),
          '```',
        ]),
  ];
}
