/** Draws a fleet for dist/README.md: a flowchart that GitHub renders, and what its lines mean. */

import { explainPicture } from '../diagram/diagram';
import { drawFleet } from '../diagram/draw-fleet';
import { foldPicture } from '../diagram/fold';
import { renderFlowchart } from '../diagram/render-mermaid';
import type { ResolvedFleet } from '../model/resolved-fleet';

/** Lines of Markdown. */
export function renderTopology(fleet: ResolvedFleet): readonly string[] {
  const picture = foldPicture(drawFleet(fleet));
  return ['```mermaid', renderFlowchart(picture), '```', ...explainPicture(picture).flatMap((line) => ['', line])];
}
