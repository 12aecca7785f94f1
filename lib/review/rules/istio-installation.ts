/** Finds changes of Istio's own installation. */
import { isIstioInstallation } from '../read-items';
import type { RiskRule } from './risk-rule';

export const istioInstallation: RiskRule = {
  name: 'istio-installation',
  risk: 'rollout',
  looksFor: 'an IstioOperator or Helm values that were added, removed or changed',
  why: 'kubectl and kustomize do not apply it. Run istioctl or Helm. Proxies get new settings when their pods restart.',
  assess: ({ action, item, fields }) => {
    if (!isIstioInstallation(item)) return [];
    const version = fields.find(({ path }) => path.join('.') === 'spec.tag');
    if (version !== undefined)
      return [`Istio ${version.before} -> ${version.after}: install it, then restart the pods with proxies`];
    if (action === 'removed') return ['the installed objects remain until they are uninstalled'];
    return [
      action === 'added'
        ? 'install it with istioctl or Helm'
        : 'install it again with istioctl or Helm; kubectl apply does not',
    ];
  },
};
