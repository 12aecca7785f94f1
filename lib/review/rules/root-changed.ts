/** Finds changed roots, and changes of how a server gets its CA. */
import { FINGERPRINTS_ANNOTATION } from '../../model/names';
import { ROOT_FILE } from '../../spire-plugins/pod-paths';
import { isLogin } from '../plugin-login';
import { fieldsBelow, fieldsNamed, type RiskRule } from './risk-rule';

/** A server that starts again keeps its CA while it has the key (spire pkg/server/ca/manager/slot.go). */
const NEXT_CA =
  'another authority signs the next CA of the server; peers refuse its SVIDs unless they have the root of that CA; the current CA and SVIDs stay valid';

export const rootChanged: RiskRule = {
  name: 'root-changed',
  risk: 'trust',
  looksFor:
    'another root certificate for a server, or another UpstreamAuthority, key type, subject or lifetime of its CA',
  why: 'peers refuse SVIDs under a root that they do not know yet.',
  assess: (change) => {
    const { item } = change;
    if (item.kind !== 'ConfigMap') return [];
    const roots = item.name === ROOT_FILE.configMap && fieldsBelow(change, 'data').length > 0;
    const [fingerprints] = fieldsBelow(change, 'metadata', 'annotations', FINGERPRINTS_ANNOTATION);
    const authority = fieldsNamed(change, 'UpstreamAuthority').filter((field) => !isLogin(field));
    const own = fieldsNamed(change, 'ca_ttl', 'ca_key_type', 'ca_subject');
    return [
      ...(roots ? [rootText(fingerprints?.before, fingerprints?.after)] : []),
      ...(authority.length > 0 ? [NEXT_CA] : []),
      ...(own.length > 0
        ? ['the type of the key, the subject or the lifetime of the next CA of the server changes']
        : []),
    ];
  },
};

/** What stays says whether it is a rotation. */
function rootText(before: unknown, after: unknown): string {
  const list = (value: unknown): readonly string[] => (typeof value === 'string' ? value.split(' ') : []);
  const [old, now] = [list(before), list(after)];
  const kept = old.filter((one) => now.includes(one)).length;
  if (now.length > 0 && kept === 0)
    return 'all previous roots are removed: every peer must get the new root before the server signs with it';
  return now.length > kept
    ? 'a root is added: peers must have it before the server signs with it'
    : 'a root is removed: peers refuse SVIDs that still depend on it';
}
