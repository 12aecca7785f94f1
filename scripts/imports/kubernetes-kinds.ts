/** The built-in kinds a fleet's output may contain, and the definitions that the OpenAPI description leaves vague. */

import { anyObject, anyValue } from './free-values';
import type { JsonSchema } from './json-schema';

export const kubernetesKinds: Readonly<Record<string, readonly string[]>> = {
  v1: ['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver'],
};

/** Kinds that the older of the pinned versions do not have. */
export const youngerKinds: Readonly<Record<string, readonly string[]>> = {
  'admissionregistration.k8s.io/v1': ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
};

export const objectMeta: JsonSchema = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };

const extensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';
const nestedSchema: JsonSchema = { $ref: `#/definitions/${extensions}.JSONSchemaProps` };

/** Types with a Go decoder of their own, of which the OpenAPI description says too little or too much. */
export const handWrittenDefinitions: Readonly<Record<string, JsonSchema>> = {
  // The pattern is the one controller-gen writes for the same type.
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['number', 'string'],
    pattern:
      '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': anyObject,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': anyObject,
  [`${extensions}.JSON`]: anyValue,
  [`${extensions}.JSONSchemaPropsOrArray`]: { anyOf: [nestedSchema, { type: 'array', items: nestedSchema }] },
  [`${extensions}.JSONSchemaPropsOrBool`]: { anyOf: [nestedSchema, { type: 'boolean' }] },
  [`${extensions}.JSONSchemaPropsOrStringArray`]: {
    anyOf: [nestedSchema, { type: 'array', items: { type: 'string' } }],
  },
};
