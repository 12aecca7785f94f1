/** Finds pods that newly require mutual TLS or no longer require it. */
import { fieldsNamed, isSubstantial, type RiskRule, valueAt } from './risk-rule';

export const mutualTls: RiskRule = {
  name: 'mutual-tls',
  risk: 'access',
  looksFor: 'a PeerAuthentication or RequestAuthentication that was added, removed or changed',
  why: 'without mutual TLS a caller has no verified SPIFFE ID, so policies that name SPIFFE IDs match nobody.',
  assess: (change) => {
    const { action, item } = change;
    if (!['PeerAuthentication', 'RequestAuthentication'].includes(item.kind) || !isSubstantial(change)) return [];
    if (item.kind === 'RequestAuthentication') return ['which tokens of callers are believed changes'];
    if (action === 'added')
      return [
        `its pods ask for mutual TLS: ${valueAt(item, 'spec', 'mtls', 'mode') ?? 'as their namespace does'}`,
        ...(valueAt(item, 'spec', 'mtls', 'mode') === 'STRICT' ? ['callers without a proxy are cut off'] : []),
      ];
    if (action === 'removed') return ['its pods take plain text again, unless another one selects them'];
    const [mode] = fieldsNamed(change, 'mode');
    return [
      mode === undefined
        ? 'which pods ask for mutual TLS changes'
        : `mutual TLS is ${mode.after ?? 'unset'} in place of ${mode.before ?? 'unset'}`,
    ];
  },
};
