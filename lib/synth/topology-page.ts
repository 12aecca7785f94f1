/** Puts dist/README.md together: the fleet as a picture and a table, what a person must provide, the order of applying. */
import type { ResolvedFleet } from '../model/resolved-fleet';
import { renderApplySteps } from './apply-steps';
import type { ManifestFile } from './manifest-file';
import { renderRequirements } from './requirements-table';
import { renderTopology } from './topology-picture';

/** Markdown that GitHub renders, picture included. */
export function renderTopologyPage(
  fleet: ResolvedFleet,
  filesOf: ReadonlyMap<string, readonly ManifestFile[]>,
): string {
  return [
    `# Fleet ${fleet.name}`,
    '',
    '```mermaid',
    renderTopology(fleet),
    '```',
    '',
    'Thick lines are federations, arrows are calls.',
    '',
    '## Clusters',
    '',
    clusterTable(fleet),
    '',
    '## What you provide',
    '',
    renderRequirements(fleet),
    '',
    '## Order of applying',
    '',
    renderApplySteps(fleet, filesOf),
    '',
  ].join('\n');
}

function clusterTable(fleet: ResolvedFleet): string {
  const rows = fleet.clusters.map(({ name, trustDomain, kubernetes, spire, istio, bundleEndpoint, peers }) =>
    [
      name,
      `\`${trustDomain}\``,
      kubernetes,
      spire.serverVersion === spire.agentVersion
        ? spire.serverVersion
        : `${spire.serverVersion}, agents ${spire.agentVersion}`,
      istio.version,
      bundleEndpoint === undefined ? '–' : `\`${bundleEndpoint.url}\``,
      peers.map((peer) => peer.cluster).join(', ') || '–',
    ].join(' | '),
  );
  return [
    '| cluster | trust domain | Kubernetes | SPIRE | Istio | bundle endpoint | federates with |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}
