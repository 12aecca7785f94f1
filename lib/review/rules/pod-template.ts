/** Finds changed pod templates, whose pods are replaced. */
import type { Item } from '../change';
import { fieldsBelow, type RiskRule, valueAt } from './risk-rule';

/** Who makes pods out of a template. */
const KINDS: readonly string[] = ['CronJob', 'DaemonSet', 'Deployment', 'StatefulSet'];

const ONE_SERVER = 'no new SVIDs are signed while it restarts; running pods keep theirs';
const SEVERAL_SERVERS = 'the servers restart one after another; the others continue to sign SVIDs';

/** What the pods of a controller mean to the rest of the cluster. */
const MEANING: Readonly<Record<string, string>> = {
  'spire-server': ONE_SERVER,
  'spire-agent':
    'it restarts node by node and attests again; new pods on the node wait for their SVID, and running pods keep theirs',
  'spiffe-csi-driver': 'it restarts node by node; new pods on the node wait for the socket',
};

export const podTemplate: RiskRule = {
  name: 'pod-template',
  risk: 'rollout',
  looksFor:
    'a Deployment, StatefulSet, DaemonSet or CronJob that was added or removed, or whose pods, number of pods or update strategy changed',
  why: 'pods stop and new pods start. Admission, injection and attestation must succeed for each new pod.',
  assess: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind)) return [];
    if (action === 'added') return ['its pods start'];
    if (action === 'removed') return ['its pods stop'];
    const template = fieldsBelow(change, 'spec', 'template');
    const rest = fieldsBelow(change, 'spec').length - template.length;
    const meaning =
      MEANING[item.name] === ONE_SERVER && hasSeveralPods(change.before ?? item) ? SEVERAL_SERVERS : MEANING[item.name];
    return [
      ...(template.length > 0 ? [`its pods are replaced${meaning === undefined ? '' : `; ${meaning}`}`] : []),
      ...(rest > 0 ? ['its number of pods or its update strategy changes'] : []),
    ];
  },
};

function hasSeveralPods(item: Item): boolean {
  // An autoscaler sets the number where the manifest has none.
  return valueAt(item, 'spec', 'replicas') !== 1;
}
