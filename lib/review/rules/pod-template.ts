/** Finds pods that are replaced by others. */
import type { Item } from '../change';
import { fieldsBelow, type RiskRule, valueAt } from './risk-rule';

/** Who makes pods out of a template. */
const KINDS: readonly string[] = ['CronJob', 'DaemonSet', 'Deployment', 'StatefulSet'];

const ONE_SERVER = 'while it restarts nobody gets a new SVID; those that run keep theirs';
const SEVERAL_SERVERS = 'one server after another restarts; the others go on signing SVIDs';

/** What the pods of a controller mean to the rest of the cluster. */
const MEANING: Readonly<Record<string, string>> = {
  'spire-server': ONE_SERVER,
  'spire-agent':
    'node after node, the agent attests anew, and pods that start wait for their SVID; pods that run keep theirs',
  'spiffe-csi-driver': 'node after node, pods that start have to wait for the socket',
};

export const podTemplate: RiskRule = {
  name: 'pod-template',
  risk: 'rollout',
  looksFor:
    'a Deployment, StatefulSet, DaemonSet or CronJob that was added or removed, or whose pods, number of pods or update strategy changed',
  why: 'pods end and new ones start. Admission, injection and attestation must succeed for each of them.',
  assess: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind)) return [];
    if (action === 'added') return ['its pods start'];
    if (action === 'removed') return ['its pods end'];
    const template = fieldsBelow(change, 'spec', 'template');
    const rest = fieldsBelow(change, 'spec').length - template.length;
    const meaning = MEANING[item.name] === ONE_SERVER && hasSeveralPods(item) ? SEVERAL_SERVERS : MEANING[item.name];
    return [
      ...(template.length > 0 ? [`its pods are replaced${meaning === undefined ? '' : `; ${meaning}`}`] : []),
      ...(rest > 0 ? ['how many pods it has, or how it replaces them, changes'] : []),
    ];
  },
};

function hasSeveralPods(item: Item): boolean {
  // An autoscaler sets the number where the manifest has none.
  return valueAt(item, 'spec', 'replicas') !== 1;
}
