/** Draws a fleet for dist/README.md: a flowchart that GitHub renders, and what its lines mean. */
import type { ResolvedFleet } from '../model/resolved-fleet';
import { drawFleet } from '../picture/draw-fleet';
import { foldPicture } from '../picture/fold';
import { explainPicture } from '../picture/picture';
import { renderFlowchart } from '../picture/render-mermaid';

/** Lines of Markdown. */
export function renderTopology(fleet: ResolvedFleet): readonly string[] {
  const picture = foldPicture(drawFleet(fleet));
  return ['```mermaid', renderFlowchart(picture), '```', ...explainPicture(picture).flatMap((line) => ['', line])];
}
