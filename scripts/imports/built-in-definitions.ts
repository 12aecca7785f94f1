/** Describes built-in kinds that are younger than cdk8s-plus-27 as if they were custom ones, so that they get typed classes too. */

import type { CustomResourceDefinition } from './custom-resource-definition';
import { readModuleFile } from './go-module';
import { type JsonSchema, mapSubschemas, withoutKeywords } from './json-schema';
import { findDefinition, parseDefinitions } from './kubernetes-schema';
import { kubernetesModule, kubernetesOpenApiPath, kubernetesVersions } from './pinned-modules';
import type { ReadDefinition } from './read-definitions';
import type { KindOfObject } from './schema-file';

/** Kinds of the newest pinned Kubernetes that cdk8s-plus-27 has no class for. */
const YOUNGER_KINDS: readonly KindOfObject[] = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map(
  (kind) => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind }),
);

export function readBuiltInDefinitions(): readonly ReadDefinition[] {
  const version = Object.values(kubernetesVersions).at(-1) ?? '';
  const { text, origin } = readModuleFile({ module: kubernetesModule, version }, kubernetesOpenApiPath);
  const upstream = parseDefinitions(text);
  return YOUNGER_KINDS.map((kind) => ({
    crd: asCustom(kind, inlined(upstream[findDefinition(upstream, kind)] ?? {}, upstream)),
    origin,
    hasClass: true,
  }));
}

function asCustom({ apiVersion, kind }: KindOfObject, schema: JsonSchema): CustomResourceDefinition {
  const [group = '', version = ''] = apiVersion.split('/');
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural },
      scope: 'Cluster',
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

/** A schema with every reference replaced by what it refers to; metadata is left to cdk8s, which has a type of its own. */
function inlined(schema: JsonSchema, upstream: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  if (name?.endsWith('.ObjectMeta') === true) return { type: 'object' };
  const target = name === undefined ? schema : (upstream[name] ?? {});
  const bare = withoutKeywords(target, (keyword) => keyword === 'description');
  return mapSubschemas(bare, (below) => inlined(below, upstream));
}
