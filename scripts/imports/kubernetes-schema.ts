/** Makes the checking schema of one Kubernetes version from its OpenAPI description. */

import { closeSchema } from './close-schema';
import { freeValueDefinitions } from './free-values';
import { isSchema, type JsonSchema } from './json-schema';
import { handWrittenDefinitions, kubernetesKinds, objectMeta, youngerKinds } from './kubernetes-kinds';
import { reachableDefinitions } from './reachable-definitions';
import { definitionName, type KindOfObject, kindEntry, pinKind, type SchemaFile } from './schema-file';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Schemas of whole objects of the built-in kinds, with all they refer to. */
export function buildKubernetesSchema(openApiText: string): SchemaFile {
  const upstream = parseDefinitions(openApiText);
  const closed = closeDefinitions(upstream);
  const objects = [...kindsOf(kubernetesKinds), ...kindsOf(youngerKinds).filter(isIn(upstream))];
  const pinned = objects.map((object) => pinKind(closed[findDefinition(upstream, object)] ?? {}, object, objectMeta));
  return {
    definitions: {
      ...reachableDefinitions(pinned, closed),
      ...Object.fromEntries(objects.map((object, index) => [definitionName(object), pinned[index] ?? {}])),
    },
    kinds: Object.fromEntries(objects.map(kindEntry)),
  };
}

function kindsOf(kinds: Readonly<Record<string, readonly string[]>>): readonly KindOfObject[] {
  return Object.entries(kinds).flatMap(([apiVersion, names]) => names.map((kind) => ({ apiVersion, kind })));
}

const isIn =
  (upstream: Definitions) =>
  (object: KindOfObject): boolean =>
    tryFindDefinition(upstream, object) !== undefined;

/** The definition of object metadata with all it refers to, for the schemas of custom resources. */
export function buildObjectMetaDefinitions(openApiText: string): Definitions {
  return reachableDefinitions([objectMeta], closeDefinitions(parseDefinitions(openApiText)));
}

/** All definitions of an OpenAPI description, by name. */
export function parseDefinitions(openApiText: string): Definitions {
  return (JSON.parse(openApiText) as { readonly definitions: Definitions }).definitions;
}

function closeDefinitions(upstream: Definitions): Definitions {
  const closed = Object.entries(upstream).map(([name, schema]) => [name, closeSchema(schema)]);
  return { ...Object.fromEntries(closed), ...handWrittenDefinitions, ...freeValueDefinitions };
}

/** Name of the definition of a kind; fails where the description has none. */
export function findDefinition(upstream: Definitions, object: KindOfObject): string {
  const found = tryFindDefinition(upstream, object);
  if (found === undefined) throw new Error(`the OpenAPI description has no ${object.apiVersion} ${object.kind}`);
  return found;
}

function tryFindDefinition(upstream: Definitions, { apiVersion, kind }: KindOfObject): string | undefined {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const found = Object.entries(upstream).find(([, schema]) => {
    const kinds = schema['x-kubernetes-group-version-kind'];
    if (!Array.isArray(kinds) || !isSchema(schema.properties) || !('metadata' in schema.properties)) return false;
    return kinds.some((known) => known.group === group && known.version === version && known.kind === kind);
  });
  return found?.[0];
}
