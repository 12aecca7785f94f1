/** Finds newly granted or withdrawn permissions in the Kubernetes API. */
import { isSubstantial, type RiskRule, substance } from './risk-rule';

const KINDS: readonly string[] = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

export const rbac: RiskRule = {
  name: 'rbac',
  risk: 'access',
  looksFor: 'a role or a binding that was added, removed or changed',
  why: 'permissions in the Kubernetes API bypass all policies of the mesh. Without its permissions, SPIRE or the controller manager stops working.',
  assess: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind) || !isSubstantial(change)) return [];
    if (action === 'added') return ['grants permissions in the Kubernetes API'];
    if (action === 'removed') return ['revokes permissions in the Kubernetes API'];
    const fields = substance(change);
    const more = fields.some(({ after }) => after !== undefined);
    const fewer = fields.some(({ before }) => before !== undefined);
    return [
      more && !fewer
        ? 'grants more permissions in the Kubernetes API'
        : fewer && !more
          ? 'grants fewer permissions in the Kubernetes API'
          : 'grants other permissions in the Kubernetes API',
    ];
  },
};
