/** The plans of the plugins that a fleet adds to SPIRE agents by their names in SPIRE. */
import type { PluginEgress, PluginVariable } from '../plugin';
import type { AgentPlugin } from './agent-plugin';
import { type NamedPluginPlan, planNamedPlugin } from './plan';

interface Agents {
  readonly agentNamespace: string;
  readonly agent: { readonly plugins?: readonly AgentPlugin[] };
}

export function planAgentPlugins({ agent, agentNamespace: namespace }: Agents): readonly NamedPluginPlan[] {
  return (agent.plugins ?? []).map((plugin, index) => planNamedPlugin(plugin, index, { program: 'agent', namespace }));
}

/** Variables of the agents' container. Plugins that need the same one share it. */
export function variablesOfAgents(agents: Agents): readonly PluginVariable[] {
  const all = planAgentPlugins(agents).flatMap(({ environment = [] }) => environment);
  return [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const [first, ...more] = all.filter((variable) => variable.name === name);
    if (first === undefined) return [];
    return [{ ...first, inConfiguration: [first, ...more].some(({ inConfiguration }) => inConfiguration) }];
  });
}

/** What agents dial for their plugins. */
export function egressOfAgents(agents: Agents): readonly PluginEgress[] {
  const all = planAgentPlugins(agents).flatMap(({ egress = [] }) => egress);
  return [...new Map(all.map((one) => [one.policy, one])).values()];
}
