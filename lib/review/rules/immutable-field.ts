/** Finds changes of fields that the API server refuses to change. */
import { type Change, type FieldPath, fieldText, startsWith } from '../change';
import { leafFieldsOf } from '../leaf-fields';
import { type RiskRule, valueAt } from './risk-rule';

/** What of a StatefulSet's spec can change. @see kubernetes pkg/apis/apps/validation ValidateStatefulSetUpdate */
const STATEFUL_SET_MUTABLE: readonly string[] = [
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'replicas',
  'revisionHistoryLimit',
  'template',
  'updateStrategy',
];

/** By kind; each path with all below it. */
const IMMUTABLE: Readonly<Record<string, readonly FieldPath[]>> = {
  ClusterRoleBinding: [['roleRef']],
  CSIDriver: [
    ['spec', 'attachRequired'],
    ['spec', 'volumeLifecycleModes'],
  ],
  CustomResourceDefinition: [
    ['spec', 'group'],
    ['spec', 'names', 'kind'],
    ['spec', 'names', 'plural'],
    ['spec', 'scope'],
  ],
  DaemonSet: [['spec', 'selector']],
  Deployment: [['spec', 'selector']],
  Job: [
    ['spec', 'selector'],
    ['spec', 'template'],
    ['spec', 'completionMode'],
  ],
  PersistentVolumeClaim: [
    ['spec', 'accessModes'],
    ['spec', 'storageClassName'],
    ['spec', 'volumeMode'],
    ['spec', 'volumeName'],
  ],
  PriorityClass: [['value'], ['preemptionPolicy']],
  RoleBinding: [['roleRef']],
  Secret: [['type']],
  Service: [
    ['spec', 'clusterIP'],
    ['spec', 'loadBalancerClass'],
  ],
  StorageClass: [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
};

export const immutableField: RiskRule = {
  name: 'immutable-field',
  risk: 'destructive',
  looksFor:
    'a field that the API server does not allow to change, such as selectors, volumeClaimTemplates, serviceName or roleRef',
  why: 'the apply fails until the object is deleted, with everything that belongs to it, such as its pods.',
  assess: (change) => {
    const fields = change.fields
      .filter((field) => leafFieldsOf(field).some(({ path }) => isImmutable(path, change)))
      .map(({ path }) => path);
    return fields.length === 0
      ? []
      : [`the API server refuses to change ${[...new Set(fields.map(fieldText))].join(', ')}; delete the object first`];
  },
};

function isImmutable(path: FieldPath, { item, before }: Change): boolean {
  if (item.kind === 'StatefulSet') {
    return path[0] === 'spec' && !STATEFUL_SET_MUTABLE.includes(path[1] ?? '');
  }
  const frozen = ['ConfigMap', 'Secret'].includes(item.kind) && valueAt(before, 'immutable') === true;
  const paths = frozen
    ? [['data'], ['binaryData'], ['immutable']]
    : Object.hasOwn(IMMUTABLE, item.kind)
      ? (IMMUTABLE[item.kind] ?? [])
      : [];
  return paths.some((keys) => startsWith(path, ...keys));
}
