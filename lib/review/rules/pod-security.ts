/** Finds namespaces and pods that may do more, or less, on their node. */
import { fieldsBelow, fieldsNamed, type RiskRule } from './risk-rule';

export const podSecurity: RiskRule = {
  name: 'pod-security',
  risk: 'access',
  looksFor:
    'labels of a Namespace that decide on privileges or on injection, other security contexts or host access of pods',
  why: 'a privileged pod reaches everything on its node, the sockets and keys of SPIRE included; without injection nobody guards it.',
  judge: (change) => {
    if (change.action !== 'changed') return [];
    const labels = change.item.kind === 'Namespace' ? fieldsBelow(change, 'metadata', 'labels') : [];
    const decisive = labels.filter(({ path }) => /^(pod-security\.kubernetes\.io\/enforce|istio)/.test(path[2] ?? ''));
    const onNode = fieldsNamed(
      change,
      'securityContext',
      'hostNetwork',
      'hostPID',
      'hostIPC',
      'hostPath',
      'automountServiceAccountToken',
      'serviceAccountName',
    );
    return [
      ...decisive.map(
        ({ path, before, after }) => `${path[2]} is ${after ?? 'not set'} in place of ${before ?? 'not set'}`,
      ),
      ...(onNode.length > 0 ? ['as whom its pods run, or what of their node they reach, changes'] : []),
    ];
  },
};
