/** Joins the publishers that one plugin of SPIRE writes to. */
import type { PluginPlan } from '../plugin';

/**
 * SPIRE loads one plugin of each name, so publishers of one plugin become one: its maps get the entries of all.
 * A rule refuses several publishers of a plugin that has no such map.
 * @see spire pkg/common/catalog/config.go determinePluginOrder
 */
export function onePerPlugin(plans: readonly PluginPlan[]): readonly PluginPlan[] {
  const byName = new Map<string, PluginPlan>();
  for (const plan of plans) {
    const before = byName.get(plan.plugin);
    byName.set(plan.plugin, before === undefined ? plan : joined(before, plan));
  }
  return [...byName.values()];
}

function joined(first: PluginPlan, second: PluginPlan): PluginPlan {
  const entries = Object.entries(second.configuration).map(([key, value]) => {
    const before = first.configuration[key];
    return [key, isMap(before) && isMap(value) ? { ...before, ...value } : value] as const;
  });
  return { ...first, configuration: { ...first.configuration, ...Object.fromEntries(entries) } };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
