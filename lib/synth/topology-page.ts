/** Puts dist/README.md together: the fleet as a picture and a table, what a person must provide, the order of applying. */
import { PARTNERS_FOLDER } from '../model/names';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { codeSpan, markdownCell, markdownText } from '../text/markdown';
import { renderApplySteps } from './apply-steps';
import { renderChanges } from './change-steps';
import { renderDelivery } from './delivery-steps';
import { renderFederations } from './federation-table';
import type { InventoryOf } from './inventory';
import { renderRequirements } from './requirements-table';
import { renderTopology } from './topology-picture';
import { renderTrials } from './trial-steps';

/** Markdown that GitHub renders, picture included. */
export function renderTopologyPage(fleet: ResolvedFleet, filesOf: InventoryOf): string {
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
    '## What you provide',
    '',
    renderRequirements(fleet),
    '',
    '## Order of applying',
    '',
    renderApplySteps(fleet, filesOf),
    '',
    ...section('Applying by GitOps', renderDelivery(fleet)),
    ...section('Check that it works', renderTrials(fleet)),
    ...spaced(renderChanges(fleet)),
    '## When something does not come up',
    '',
    ...TROUBLES.map((line) => `- ${line}`),
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

function partnerLines({ partners }: ResolvedFleet): readonly string[] {
  return partners.map(
    ({ name, trustDomain }) =>
      `- [${PARTNERS_FOLDER}/${name}.md](${PARTNERS_FOLDER}/${name}.md) is what the operator of ${codeSpan(trustDomain)} must know; nothing of it is applied here.`,
  );
}

/** Nothing of the output makes these calls: whoever writes the program must know where to, as whom, and whom to expect. */
function directCallTable({ clusters }: ResolvedFleet): readonly string[] {
  const rows = clusters.flatMap(({ directCalls }) =>
    directCalls.map(
      ({ caller, callerSpiffeId, host, gatewayAddress, gatewayPort, serverSpiffeId }) =>
        `| ${caller} | ${codeSpan(`https://${host}`)} at ${codeSpan(`${gatewayAddress}:${gatewayPort}`)} | ${codeSpan(callerSpiffeId)} | ${codeSpan(serverSpiffeId)} |`,
    ),
  );
  return rows.length === 0 ? [] : ['| caller | dials | with the SVID | and expects |', '|---|---|---|---|', ...rows];
}

/** What a person cannot see from the objects themselves. */
const TROUBLES = [
  'Pods are refused with `the pod asks for a proxy with an identity of SPIRE`: Istio came after them. Their controllers try again, after a long absence of Istio only every quarter of an hour; `kubectl rollout restart` makes them try now.',
  'The node of `spire-server-0` is lost: its pod stays Terminating until somebody tells Kubernetes that the node is off, with `kubectl taint node NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`. Until then running workloads keep their SVIDs, which last half their life at least.',
  'A SPIRE server or agent logs timeouts, and nothing else is wrong: a NetworkPolicy drops what it dials. "What you provide" has the ports that are open; `spire: { networkPolicies: false }` tells for sure.',
  'A proxy does not become ready: `kubectl get clusterspiffeids` shows which rule selects its pod and what failed, the logs of the agent on its node why an SVID was refused.',
];

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
