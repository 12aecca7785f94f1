/** Finds other roots, and other ways for a server to get its CA. */
import { FINGERPRINTS_ANNOTATION } from '../../model/names';
import { ROOT_FILE } from '../../spire-plugins/pod-paths';
import { fieldsBelow, fieldsNamed, type RiskRule } from './risk-rule';

/** A server that starts again keeps its CA while it has the key (spire pkg/server/ca/manager/slot.go). */
const NEXT_CA =
  'the next CA of the server comes from elsewhere: peers refuse SVIDs under it unless it leads to a root that they hold; the CA and the SVIDs of now stay valid';

export const rootChanged: RiskRule = {
  name: 'root-changed',
  risk: 'trust',
  looksFor: 'another root certificate for a server, or another UpstreamAuthority, KeyManager or lifetime of its CA',
  why: 'peers refuse SVIDs under a root that they do not know yet.',
  assess: (change) => {
    const { item } = change;
    if (item.kind !== 'ConfigMap') return [];
    const roots = item.name === ROOT_FILE.configMap && fieldsBelow(change, 'data').length > 0;
    const [fingerprints] = fieldsBelow(change, 'metadata', 'annotations', FINGERPRINTS_ANNOTATION);
    const authority = fieldsNamed(change, 'UpstreamAuthority');
    const own = fieldsNamed(change, 'KeyManager', 'ca_ttl', 'ca_key_type', 'ca_subject');
    return [
      ...(roots ? [rootText(fingerprints?.before, fingerprints?.after)] : []),
      ...(authority.length > 0 ? [NEXT_CA] : []),
      ...(own.length > 0 ? ['how the server comes to its CA, or for how long, changes'] : []),
    ];
  },
};

/** What stays says whether it is a rotation. */
function rootText(before: unknown, after: unknown): string {
  const list = (value: unknown): readonly string[] => (typeof value === 'string' ? value.split(' ') : []);
  const [old, now] = [list(before), list(after)];
  const kept = old.filter((one) => now.includes(one)).length;
  if (now.length > 0 && kept === 0)
    return 'none of the earlier roots is left: every peer must get the new one before anything is signed under it';
  return now.length > kept
    ? 'a root is added beside the earlier one: peers must hold it before anything is signed under it'
    : 'a root is removed: SVIDs that are still under it are refused';
}
