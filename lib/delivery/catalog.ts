/** What each GitOps tool adds to the output. The schema of the fleet must not load constructs, so settings have a catalog of their own. */
import type { ResolvedDelivery } from '../model/resolved-fleet';
import { argoCdOutput } from './argocd/argocd-output';
import { fluxOutput } from './flux/flux-output';
import { TOOLS, type ToolName } from './settings-catalog';
import type { ToolOutput } from './tool-output';
import type { ResolvedTool } from './tool-settings';

const CATALOG: Readonly<Record<ToolName, ToolOutput>> = { flux: fluxOutput, argocd: argoCdOutput };

export const TOOL_OUTPUTS: readonly ToolOutput[] = TOOLS.map(({ name }) => CATALOG[name]);

/** A tool that the fleet names. */
export interface UsedTool {
  readonly name: ToolName;
  readonly output: ToolOutput;
  readonly resolved: ResolvedTool;
}

/** In the order of the catalog of settings. */
export function usedTools(delivery: ResolvedDelivery): readonly UsedTool[] {
  return TOOLS.flatMap(({ name }) => {
    const resolved = delivery[name];
    return resolved === undefined ? [] : [{ name, output: CATALOG[name], resolved }];
  });
}
