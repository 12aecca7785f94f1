/** Makes the checking schema of one project from its CustomResourceDefinitions. */

import { closeSchema } from './close-schema';
import { type CustomResourceDefinition, keptVersion } from './custom-resource-definition';
import type { JsonSchema } from './json-schema';
import { objectMeta } from './kubernetes-kinds';
import { definitionName, kindEntry, pinKind, type SchemaFile } from './schema-file';
import { shareDefinitions } from './share-definitions';

/** Schemas of whole objects of the defined kinds; `common` are the definitions they refer to. */
export function buildCustomResourceSchema(
  crds: readonly CustomResourceDefinition[],
  common: Readonly<Record<string, JsonSchema>>,
): SchemaFile {
  const schemas = crds.map((crd) => {
    const { name, schema } = keptVersion(crd);
    const object = { apiVersion: `${crd.spec.group}/${name}`, kind: crd.spec.names.kind };
    return { object, schema: pinKind(closeSchema(schema.openAPIV3Schema), object, objectMeta) };
  });
  const definitions = schemas.map(({ object, schema }) => [definitionName(object), schema]);
  return {
    definitions: { ...shareDefinitions(Object.fromEntries(definitions)), ...common },
    kinds: Object.fromEntries(schemas.map(({ object }) => kindEntry(object))),
  };
}
