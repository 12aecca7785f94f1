/** Finds variables that two plugins of a SPIRE server, or of agents, set to different values. */
import { planAgentPlugins } from '../../spire-plugins/by-name/agent-plans';
import type { PluginPlan } from '../../spire-plugins/plugin';
import { allPlugins } from '../../spire-plugins/server-plugins';
import { KUBELET_ADDRESS_ENV } from '../names';
import { placedAgentPlugins } from '../spire/placed-agent-plugins';
import { type PlacedOther, placedOthers } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const variableShared = defineRule({
  code: 'variable-shared',
  severity: 'error',
  looksFor: 'a variable that two plugins of the SPIRE server, or of the agents, set to different values',
  why: 'all plugins run in one container, which has one value for each variable: one plugin would sign in with the credentials of another.',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  example: { program: 'server', name: 'INVENTORY_TOKEN' },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins, spire }] of clusters) {
      const ofAgents = [KUBELET_ADDRESS_PLAN, ...planAgentPlugins(spire)];
      const shared = [
        ...sharedVariables('server', placedOthers(written, name, plugins), allPlugins(plugins)),
        ...sharedVariables('agent', placedAgentPlugins(written, name, spire), ofAgents),
      ];
      for (const { place, ...facts } of shared) find(place, facts, { atKey: true });
    }
  },
});

/** The workload attestor of Kubernetes, of whose variables only the name counts here. */
const KUBELET_ADDRESS_PLAN: PluginPlan = {
  plugin: 'k8s',
  configuration: {},
  environment: [{ name: KUBELET_ADDRESS_ENV, field: '' }],
};

/** @param all plugins of the program, in which `placed` are included */
function sharedVariables(program: 'server' | 'agent', placed: readonly PlacedOther[], all: readonly PluginPlan[]) {
  const variables = all.flatMap(({ environment = [] }) => environment);
  return placed.flatMap(({ plan, place }) =>
    (plan.environment ?? [])
      .filter((one) => variables.some((other) => other.name === one.name && sourceOf(other) !== sourceOf(one)))
      .map(({ name }) => ({ program, name, place: [...place, 'environment', name] })),
  );
}

function sourceOf(variable: object): string {
  return JSON.stringify(Object.entries({ ...variable, inConfiguration: undefined }).sort());
}
