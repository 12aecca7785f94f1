/** Checks that the controller manager, its ClusterRole and the webhook configuration use the same name. */
import { CONTROLLER_MANAGER } from '../model/names';
import type { OutputRule } from './output-rule';
import { at, spireConfigurations } from './spire-configurations';

interface PolicyRule {
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
}

export const webhookNamesAgree: OutputRule = {
  name: 'webhook-names-agree',
  looksFor:
    'a webhook configuration that the controller manager has to manage and that does not exist, or that it may not patch',
  why: 'the controller manager exits at its start, and entries and relationships are no longer updated.',
  source: 'spire-controller-manager pkg/webhookmanager Init',
  check: (objects, cluster, report) => {
    const manager = spireConfigurations(objects, cluster)?.manager;
    if (manager === undefined) return;
    const webhook = String(at(manager.content, 'validatingWebhookConfigurationName'));
    if (!objects.has('ValidatingWebhookConfiguration', webhook)) {
      report(
        manager.placed,
        `manages webhook configuration ${webhook}, which does not exist; the controller would end`,
      );
    }
    const rules = (objects.find('ClusterRole', CONTROLLER_MANAGER.clusterRole)?.rules ?? []) as readonly PolicyRule[];
    const named = rules.filter(
      ({ resources, resourceNames }) =>
        resources.includes('validatingwebhookconfigurations') && resourceNames !== undefined,
    );
    if (!named.some(({ resourceNames }) => resourceNames?.includes(webhook))) {
      report(manager.placed, `manages webhook configuration ${webhook}, which its ClusterRole does not let it patch`);
    }
  },
};
