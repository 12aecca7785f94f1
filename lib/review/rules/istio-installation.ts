/** Finds changes of Istio's own installation. */
import { isIstioInstallation } from '../read-items';
import type { RiskRule } from './risk-rule';

export const istioInstallation: RiskRule = {
  name: 'istio-installation',
  risk: 'rollout',
  looksFor: 'an IstioOperator or Helm values that were added, removed or changed',
  why: 'kubectl and kustomize do not apply it. Somebody has to run istioctl or Helm, and proxies take new settings when their pods restart.',
  assess: ({ action, item, fields }) => {
    if (!isIstioInstallation(item)) return [];
    const version = fields.find(({ path }) => path.join('.') === 'spec.tag');
    if (version !== undefined)
      return [`Istio ${version.before} becomes ${version.after}: install it, then restart the pods with proxies`];
    if (action === 'removed') return ['what it installed stays until somebody uninstalls it'];
    return [
      action === 'added'
        ? 'has to be installed by istioctl or Helm'
        : 'has to be installed anew by istioctl or Helm; an apply does not do it',
    ];
  },
};
