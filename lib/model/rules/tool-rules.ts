/** The rules that the GitOps tools have about their own settings. */
import { TOOLS } from '../../delivery/settings-catalog';
import type { ToolRule } from '../../delivery/tool-settings';
import { type AnyRule, defineRule } from './rule';

export const TOOL_RULES: readonly AnyRule[] = TOOLS.flatMap(({ name, rules = [] }) =>
  rules.map(({ check, ...documentation }: ToolRule) =>
    defineRule({
      ...documentation,
      check: ({ delivery }, find) => {
        const resolved = delivery?.[name];
        if (resolved !== undefined) check(resolved, (path, facts) => find(['delivery', name, ...path], facts));
      },
    }),
  ),
);
