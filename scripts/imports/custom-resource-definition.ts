/** What of an upstream CustomResourceDefinition is kept: one version, without the descriptions of its schema. */

import { type JsonSchema, withoutKeywords } from './json-schema';

export interface CustomResourceDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string; readonly [key: string]: unknown };
    readonly versions: readonly CrdVersion[];
    readonly [key: string]: unknown;
  };
  readonly status?: unknown;
}

export interface CrdVersion {
  readonly name: string;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: JsonSchema };
  readonly [key: string]: unknown;
}

/**
 * Reduces a definition to what an API server needs to validate the kept version.
 *
 * - version `v1` is kept where there is one, else the storage version
 * - the kept version is the storage version, as a definition needs one
 * - `status` and a null creation time, leftovers of controller-gen, are left out
 */
export function reduceDefinition(crd: CustomResourceDefinition): CustomResourceDefinition {
  const { status: _status, metadata, spec, ...head } = crd;
  const { creationTimestamp: _creationTimestamp, ...keptMetadata } = metadata;
  const version = keptVersion(crd);
  const openAPIV3Schema = withoutKeywords(version.schema.openAPIV3Schema, (keyword) => keyword === 'description');
  const versions = [{ ...version, storage: true, schema: { openAPIV3Schema } }];
  return { ...head, metadata: { ...keptMetadata, name: metadata.name }, spec: { ...spec, versions } };
}

/** The only version of a reduced definition. */
export function keptVersion(crd: CustomResourceDefinition): CrdVersion {
  const { versions } = crd.spec;
  const version = versions.find(({ name }) => name === 'v1') ?? versions.find(({ storage }) => storage);
  if (version === undefined) throw new Error(`${crd.metadata.name} has no storage version`);
  return version;
}
