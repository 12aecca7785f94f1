/** Makes the checking schema of one Kubernetes version from its OpenAPI description. */

import { closeSchema } from './close-schema';
import { freeValueDefinitions } from './free-values';
import { isSchema, type JsonSchema } from './json-schema';
import { handWrittenDefinitions, kubernetesKinds, objectMeta } from './kubernetes-kinds';
import { reachableDefinitions } from './reachable-definitions';
import { definitionName, type KindOfObject, kindEntry, pinKind, type SchemaFile } from './schema-file';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Schemas of whole objects of the built-in kinds, with all they refer to. */
export function buildKubernetesSchema(openApiText: string): SchemaFile {
  const upstream = parseDefinitions(openApiText);
  const closed = closeDefinitions(upstream);
  const objects = Object.entries(kubernetesKinds).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ apiVersion, kind })),
  );
  const pinned = objects.map((object) => pinKind(closed[findDefinition(upstream, object)] ?? {}, object, objectMeta));
  return {
    definitions: {
      ...reachableDefinitions(pinned, closed),
      ...Object.fromEntries(objects.map((object, index) => [definitionName(object), pinned[index] ?? {}])),
    },
    kinds: Object.fromEntries(objects.map(kindEntry)),
  };
}

/** The definition of object metadata with all it refers to, for the schemas of custom resources. */
export function buildObjectMetaDefinitions(openApiText: string): Definitions {
  return reachableDefinitions([objectMeta], closeDefinitions(parseDefinitions(openApiText)));
}

function parseDefinitions(openApiText: string): Definitions {
  return (JSON.parse(openApiText) as { readonly definitions: Definitions }).definitions;
}

function closeDefinitions(upstream: Definitions): Definitions {
  const closed = Object.entries(upstream).map(([name, schema]) => [name, closeSchema(schema)]);
  return { ...Object.fromEntries(closed), ...handWrittenDefinitions, ...freeValueDefinitions };
}

function findDefinition(upstream: Definitions, { apiVersion, kind }: KindOfObject): string {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const found = Object.entries(upstream).find(([, schema]) => {
    const kinds = schema['x-kubernetes-group-version-kind'];
    if (!Array.isArray(kinds) || !isSchema(schema.properties) || !('metadata' in schema.properties)) return false;
    return kinds.some((known) => known.group === group && known.version === version && known.kind === kind);
  });
  if (found === undefined) throw new Error(`the OpenAPI description has no ${apiVersion} ${kind}`);
  return found[0];
}
