/** Finds pods that newly require mutual TLS or no longer require it. */
import { fieldsNamed, isSubstantial, type RiskRule, valueAt } from './risk-rule';

export const mutualTls: RiskRule = {
  name: 'mutual-tls',
  risk: 'access',
  looksFor: 'a PeerAuthentication or RequestAuthentication that was added, removed or changed',
  why: 'without mutual TLS, a caller has no verified SPIFFE ID, so policies with SPIFFE IDs match no caller.',
  assess: (change) => {
    const { action, item } = change;
    if (!['PeerAuthentication', 'RequestAuthentication'].includes(item.kind) || !isSubstantial(change)) return [];
    if (item.kind === 'RequestAuthentication') return ['the accepted tokens of callers change'];
    if (action === 'added')
      return [
        `sets mutual TLS of its pods: ${valueAt(item, 'spec', 'mtls', 'mode') ?? 'the mode of their namespace'}`,
        ...(valueAt(item, 'spec', 'mtls', 'mode') === 'STRICT' ? ['callers without a proxy are refused'] : []),
      ];
    if (action === 'removed') return ['its pods accept plain text, unless another one selects them'];
    const [mode] = fieldsNamed(change, 'mode');
    return [
      mode === undefined
        ? 'the pods that require mutual TLS change'
        : `the mode of mutual TLS is ${mode.after ?? 'unset'} instead of ${mode.before ?? 'unset'}`,
    ];
  },
};
