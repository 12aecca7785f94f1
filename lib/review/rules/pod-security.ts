/** Finds namespaces and pods whose permissions on their node change. */
import { type ChangeWithLeaves, fieldsBelow, fieldsNamed, listed, newFields, type RiskRule } from './risk-rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** As whom pods run; all have some, so that only a change of them is news. */
const ACCOUNTS: readonly string[] = ['automountServiceAccountToken', 'securityContext', 'serviceAccountName'];
/** What of their node pods reach, wherever it is true. */
const HOST: readonly string[] = ['hostIPC', 'hostNetwork', 'hostPID', 'privileged'];

export const podSecurity: RiskRule = {
  name: 'pod-security',
  risk: 'access',
  looksFor:
    'labels of a Namespace that decide on the Pod Security level or on injection; other security contexts or access to the node in pods; new pods with access to the node',
  why: 'a privileged pod can reach everything on its node, including the sockets and keys of SPIRE. Without injection, no proxy protects the pods.',
  assess: (change) => {
    // A CustomResourceDefinition names these fields, and has none of them.
    if (change.action === 'removed' || change.item.kind === 'CustomResourceDefinition') return [];
    if (change.action === 'added') return dangerOf(change);
    const labels = change.item.kind === 'Namespace' ? fieldsBelow(change, 'metadata', 'labels') : [];
    const decisive = labels.filter(({ path }) => path[2] === ENFORCE || /^istio/.test(path[2] ?? ''));
    const onNode = fieldsNamed(change, ...ACCOUNTS, ...HOST, 'hostPath');
    return [
      ...decisive.map(
        ({ path, before, after }) => `${path[2]} is ${after ?? 'not set'} instead of ${before ?? 'not set'}`,
      ),
      ...(onNode.length > 0 ? ['the user of its pods, or their access to the node, changes'] : []),
    ];
  },
};

function dangerOf(change: ChangeWithLeaves): readonly string[] {
  const fields = newFields(change);
  const privileged = fields.some(({ path, after }) => path[2] === ENFORCE && after === 'privileged');
  const reached = fields.flatMap(({ path, after }) => {
    const key = path.at(-1) ?? '';
    if (HOST.includes(key) && after === true) return [key];
    if (path.includes('capabilities') && path.includes('add')) return [`capability ${after}`];
    return path.includes('hostPath') ? ['hostPath'] : [];
  });
  return [
    ...(privileged && change.item.kind === 'Namespace'
      ? [`${ENFORCE} is privileged: its pods have no restrictions`]
      : []),
    ...(reached.length > 0 ? [`its pods have access to their node: ${listed(reached)}`] : []),
  ];
}
