/** Finds newly granted or withdrawn permissions in the Kubernetes API. */
import { isSubstantial, type RiskRule, substance } from './risk-rule';

const KINDS: readonly string[] = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

export const rbac: RiskRule = {
  name: 'rbac',
  risk: 'access',
  looksFor: 'a role or a binding that was added, removed or changed',
  why: 'rights in the API server go beyond any policy of the mesh. Without their rights, SPIRE and the controller manager stop working.',
  assess: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind) || !isSubstantial(change)) return [];
    if (action === 'added') return ['grants rights in the Kubernetes API'];
    if (action === 'removed') return ['takes back rights in the Kubernetes API'];
    const fields = substance(change);
    const more = fields.some(({ after }) => after !== undefined);
    const fewer = fields.some(({ before }) => before !== undefined);
    return [
      more && !fewer
        ? 'grants more rights in the Kubernetes API'
        : fewer && !more
          ? 'grants fewer rights in the Kubernetes API'
          : 'grants other rights in the Kubernetes API',
    ];
  },
};
