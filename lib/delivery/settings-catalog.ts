/** What a fleet may say of each GitOps tool. A tool has a line here, and one in the catalog of what it adds to the output. */
import { argoCdSettings } from './argocd/argocd-settings';
import { fluxSettings } from './flux/flux-settings';
import type { ToolSettings } from './tool-settings';

/** By name, in the order in which dist/README.md describes them. */
const CATALOG = { flux: fluxSettings, argocd: argoCdSettings } as const satisfies Readonly<
  Record<string, ToolSettings>
>;

type Catalog = typeof CATALOG;

export type ToolName = keyof Catalog;

export const TOOL_NAMES = Object.keys(CATALOG) as readonly ToolName[];

export const TOOLS: readonly (ToolSettings & { readonly name: ToolName })[] = Object.values(CATALOG);

type SettingsOfTools = { readonly [Name in ToolName]: ReturnType<Catalog[Name]['settings']['optional']> };

/** One optional key of `delivery` for each tool. */
export const TOOL_SETTINGS = Object.fromEntries(
  Object.entries(CATALOG).map(([name, { settings }]) => [name, settings.optional()]),
) as SettingsOfTools;

/** The resolved settings of each tool that the fleet names; absent for the others. */
export type ResolvedTools = { readonly [Name in ToolName]?: ReturnType<Catalog[Name]['resolve']> };
