/** All GitOps tools. */
import { argocd } from './argocd';
import { flux } from './flux';
import type { GitOpsTool } from './tool';

/** By name, in the order in which dist/README.md describes them. */
const CATALOG = { flux, argocd } as const satisfies Readonly<Record<string, GitOpsTool>>;

type Catalog = typeof CATALOG;

export type ToolName = keyof Catalog;

export const TOOL_NAMES = Object.keys(CATALOG) as readonly ToolName[];

export const TOOLS: readonly (GitOpsTool & { readonly name: ToolName })[] = Object.values(CATALOG);

type SettingsOfTools = { readonly [Name in ToolName]: ReturnType<Catalog[Name]['settings']['optional']> };

/** One optional key of `delivery` for each tool. */
export const TOOL_SETTINGS = Object.fromEntries(
  Object.entries(CATALOG).map(([name, { settings }]) => [name, settings.optional()]),
) as SettingsOfTools;

/** What is decided of each tool that the fleet names; absent for the others. */
export type ResolvedTools = { readonly [Name in ToolName]?: ReturnType<Catalog[Name]['resolve']> };
