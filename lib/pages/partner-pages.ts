/** A page for the operator of each partner: trust domains to trust, endpoints to poll, and calls in both directions. */
import { PARTNERS_FOLDER } from '../model/names';
import type { ResolvedCall, ResolvedCluster, ResolvedFleet, ResolvedPartner } from '../model/resolved-fleet';
import { serverSpiffeId } from '../model/spire/spiffe-id';
import { codeBlock, codeSpan, markdownText } from '../text/markdown';

/** A Markdown page, without the first line that marks it as output. */
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
  // The cluster above represents the clusters nested under it.
  const clusters = fleet.clusters.filter(
    ({ name, upstream }) => partner.clusters.includes(name) && upstream === undefined,
  );
  return [
    `# To the operator of ${markdownText(partner.trustDomain)}`,
    '',
    `We poll your bundle at ${codeSpan(partner.url)} (${partner.profile}). ${startingPoint(partner, fleet)}`,
    ...incoming(partner, fleet),
    ...outgoing(partner, fleet),
    ...clusters.flatMap((cluster) => ['', ...clusterLines(cluster)]),
    '',
  ].join('\n');
}

/** The partner's root that we trust before the first poll. The partner's operator must confirm it. */
function startingPoint({ name }: ResolvedPartner, { clusters }: ResolvedFleet): string {
  const peer = clusters.flatMap(({ peers }) => peers).find(({ cluster }) => cluster === name);
  const authorities = peer?.bundle?.authorities ?? [];
  return authorities.length === 0
    ? 'We get your roots with the first poll.'
    : `For the first poll, we trust ${authorities.map(({ fingerprint, notAfter }) => `\`${fingerprint}\`, which expires on ${notAfter.slice(0, 10)}`).join(' and ')}; tell us before you replace it.`;
}

function incoming({ name, workloads }: ResolvedPartner, { calls, clusters }: ResolvedFleet): readonly string[] {
  const rows = calls
    .filter(({ callerCluster }) => callerCluster === name)
    .map(({ caller, called, calledCluster }) => {
      const gateway = clusters.find((cluster) => cluster.name === calledCluster)?.gateway;
      const host = gateway?.hosts.find(({ workload }) => workload === called);
      const id = workloads.find((workload) => workload.name === caller)?.spiffeId;
      const presented = host?.credential?.spiffeId ?? gateway?.spiffeId;
      return `| \`${id}\` | \`https://${host?.host}\` at \`${gateway?.address}:${gateway?.port}\` | \`${presented}\` |`;
    });
  return table('## Your calls to us', '| SVID of the caller | you may call | SPIFFE ID of the server |', rows);
}

function outgoing({ name }: ResolvedPartner, { calls, clusters }: ResolvedFleet): readonly string[] {
  const rows = calls
    .filter(({ calledCluster }) => calledCluster === name)
    .flatMap((call) => {
      const cluster = clusters.find((candidate) => candidate.name === call.callerCluster);
      return cluster === undefined ? [] : outgoingRows(call, cluster);
    });
  const lines = table('## Our calls to you', '| SVID of the caller | we call | SPIFFE ID of the server |', rows);
  return lines.length === 0
    ? []
    : [...lines, '', 'They use HTTP/1.1 over mutual TLS, with the host as server name (SNI).'];
}

function outgoingRows({ caller, called }: ResolvedCall, cluster: ResolvedCluster): readonly string[] {
  const workload = cluster.workloads.find(({ name }) => name === caller);
  const ways = [...cluster.remoteCalls, ...cluster.directCalls].filter((way) => way.called === called);
  const [way] = ways;
  return (workload?.spiffeIds ?? []).map(
    (id) =>
      `| \`${id}\` | \`https://${way?.host}\` at \`${way?.gatewayAddress}:${way?.gatewayPort}\` | \`${way?.serverSpiffeId}\` |`,
  );
}

function table(title: string, head: string, rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, '', head, '|---|---|---|', ...rows];
}

function clusterLines({ name, trustDomain, bundleEndpoint, trust }: ResolvedCluster): readonly string[] {
  return [
    `## ${name}`,
    '',
    '| setting | value |',
    '|---|---|',
    `| trust domain | \`${trustDomain}\` |`,
    ...(bundleEndpoint === undefined
      ? []
      : [
          `| bundle endpoint | ${codeSpan(bundleEndpoint.url)} |`,
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
          'The bundle for your first poll; verify its fingerprint over another channel:',
          '',
          ...codeBlock('json', trust.bundle.text.trimEnd()),
        ]),
  ];
}
