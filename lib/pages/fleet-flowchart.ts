/** Draws a fleet for dist/README.md: a flowchart that GitHub renders, and its legend. */

import { renderLegend } from '../diagram/diagram';
import { buildFleetDiagram } from '../diagram/fleet-diagram';
import { foldDiagram } from '../diagram/fold-diagram';
import { renderFlowchart } from '../diagram/render-mermaid';
import type { ResolvedFleet } from '../model/resolved-fleet';

/** Lines of Markdown. */
export function renderTopology(fleet: ResolvedFleet): readonly string[] {
  const diagram = foldDiagram(buildFleetDiagram(fleet));
  return ['```mermaid', renderFlowchart(diagram), '```', ...renderLegend(diagram).flatMap((line) => ['', line])];
}
