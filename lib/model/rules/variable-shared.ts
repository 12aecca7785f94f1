/** Finds variables that two plugins of a SPIRE server set to different values. */
import { allPlugins } from '../../spire-plugins/server-plugins';
import { placedOthers } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const variableShared = defineRule({
  code: 'variable-shared',
  severity: 'error',
  looksFor: 'a variable that two plugins of the SPIRE server set to different values',
  why: 'all plugins run in one container, which has one value for each variable: one plugin would sign in with the credentials of another.',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  example: { name: 'INVENTORY_TOKEN' },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins }] of clusters) {
      for (const { plan, place } of placedOthers(written, name, plugins)) {
        const before = allPlugins(plugins)
          .filter((other) => other !== plan)
          .flatMap(({ environment = [] }) => environment);
        for (const variable of plan.environment ?? []) {
          const shared = before.some((other) => other.name === variable.name && sourceOf(other) !== sourceOf(variable));
          if (shared) find([...place, 'environment', variable.name], { name: variable.name }, { atKey: true });
        }
      }
    }
  },
});

function sourceOf(variable: object): string {
  return JSON.stringify(Object.entries({ ...variable, inConfiguration: undefined }).sort());
}
