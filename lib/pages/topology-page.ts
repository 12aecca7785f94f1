/** Renders dist/README.md: the fleet as a diagram and a table, the prerequisites, and the order of applying. */

import type { InventoryOf } from '../manifests/inventory';
import { PARTNERS_FOLDER } from '../model/names';
import type { ResolvedFleet, ResolvedPlainText } from '../model/resolved-fleet';
import type { Written } from '../problems/commands';
import { codeSpan, markdownCell, markdownText } from '../text/markdown';
import { renderApplySteps } from './apply-steps';
import { renderChanges } from './change-steps';
import { renderDelivery } from './delivery-steps';
import { renderFederations } from './federation-table';
import { renderTopology } from './fleet-flowchart';
import { renderHelmSteps } from './helm-steps';
import { renderRequirements } from './requirements-table';
import { renderRunbook } from './runbook/catalog';
import { renderTrials } from './trial-steps';

/**
 * Markdown for GitHub, which also renders the diagram.
 * @param paths the paths that our commands name
 */
export function renderTopologyPage(fleet: ResolvedFleet, filesOf: InventoryOf, paths: Required<Written>): string {
  return [
    `# Fleet ${markdownText(fleet.name)}`,
    '',
    ...renderTopology(fleet),
    '',
    '## Clusters',
    '',
    clusterTable(fleet),
    '',
    ...section('Federations', renderFederations(fleet)),
    ...section('Partners', partnerLines(fleet)),
    ...section('Calls that programs make themselves', directCallTable(fleet)),
    ...section('Waived rules', waiverTable(fleet)),
    ...section('What takes plain text', plainTextTable(fleet)),
    '## What you provide',
    '',
    renderRequirements(fleet),
    '',
    '## Order of applying',
    '',
    renderApplySteps(fleet, filesOf, paths),
    '',
    ...spaced(renderHelmSteps(fleet)),
    ...section('Applying by GitOps', renderDelivery(fleet)),
    ...section('Check that it works', renderTrials(fleet)),
    ...spaced(renderChanges(fleet, paths)),
    '## When something fails',
    '',
    ...renderRunbook(fleet, paths),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}

function waiverTable({ waivers }: ResolvedFleet): readonly string[] {
  const rows = waivers.map(({ rule, at, because }) => `| ${rule} | ${codeSpan(at)} | ${markdownCell(because)} |`);
  return rows.length === 0 ? [] : ['| rule | at | because |', '|---|---|---|', ...rows];
}

/** The table of pods that accept plain text. They accept every caller that can reach them, because plain text proves no identity. */
function plainTextTable({ clusters }: ResolvedFleet): readonly string[] {
  const rows = clusters.flatMap(({ name, istio, workloads }) => [
    ...(istio?.plainText ?? []).map(
      ({ namespace, because }) =>
        `| ${name} | pods in namespace \`${namespace}\` that belong to no workload of the fleet | ${markdownCell(because)} |`,
    ),
    ...workloads.flatMap(({ name: workload, access }) =>
      access.flatMap(({ plainText }) =>
        plainText === undefined
          ? []
          : [`| ${name} | ${workload}${portsOf(plainText)} | ${markdownCell(plainText.because)} |`],
      ),
    ),
  ]);
  return rows.length === 0 ? [] : ['| cluster | what | because |', '|---|---|---|', ...rows];
}

function portsOf({ ports }: ResolvedPlainText): string {
  if (ports === undefined) return ', at every port';
  return ` at port${ports.length === 1 ? '' : 's'} ${ports.join(', ')}`;
}

function partnerLines({ partners }: ResolvedFleet): readonly string[] {
  return partners.map(
    ({ name, trustDomain }) =>
      `- [${PARTNERS_FOLDER}/${name}.md](${PARTNERS_FOLDER}/${name}.md) is a page to send to the operator of ${codeSpan(trustDomain)}; it is not applied.`,
  );
}

/** The table of calls that programs make themselves. Their authors need the address, the caller's SPIFFE ID and the server's. */
function directCallTable({ clusters }: ResolvedFleet): readonly string[] {
  const rows = clusters.flatMap(({ directCalls }) =>
    directCalls.map(
      ({ caller, callerSpiffeId, host, gatewayAddress, gatewayPort, serverSpiffeId }) =>
        `| ${caller} | ${codeSpan(`https://${host}`)} at ${codeSpan(`${gatewayAddress}:${gatewayPort}`)} | ${codeSpan(callerSpiffeId)} | ${codeSpan(serverSpiffeId)} |`,
    ),
  );
  return rows.length === 0
    ? []
    : ['| caller | address | SVID of the caller | SPIFFE ID of the server |', '|---|---|---|---|', ...rows];
}

function clusterTable(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.map(({ name, trustDomain, kubernetes, spire, istio, upstream, bundleEndpoint, peers }) =>
    [
      name,
      codeSpan(trustDomain),
      kubernetes,
      spire.serverVersion === spire.agentVersion
        ? spire.serverVersion
        : `${spire.serverVersion}, agents ${spire.agentVersion}`,
      istio?.version ?? '–',
      upstream !== undefined
        ? `that of ${upstream.cluster}`
        : bundleEndpoint === undefined
          ? '–'
          : codeSpan(bundleEndpoint.url),
      peers.map((peer) => peer.cluster).join(', ') || '–',
    ].join(' | '),
  );
  return [
    '| cluster | trust domain | Kubernetes | SPIRE | Istio | bundle endpoint | federates with |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}
