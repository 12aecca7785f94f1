/** Replaces what is written out several times in schemas by references to one definition. */

import { compositionKeywords, type JsonSchema, mapSubschemas } from './json-schema';

/** Shorter schemas are not worth a definition of their own. */
const shortestShared = 200;

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Keeps the meaning of the schemas; a shared definition is named after the first place it is used in. */
export function shareDefinitions(definitions: Definitions): Definitions {
  const counts = new Map<string, number>();
  for (const schema of Object.values(definitions)) countUses(schema, counts);
  const names = new Map<string, string>();
  const shared: Record<string, JsonSchema> = {};
  const share = (schema: JsonSchema, path: string): JsonSchema =>
    mapSubschemas(schema, (below, keyword, property) => {
      // The parts of a composition have no names of their own to tell them apart.
      if (compositionKeywords.includes(keyword)) return below;
      const belowPath = `${path}.${property}`;
      const text = JSON.stringify(below);
      if ((counts.get(text) ?? 0) < 2) return share(below, belowPath);
      const name = names.get(text) ?? belowPath;
      if (!names.has(text)) {
        names.set(text, name);
        shared[name] = share(below, belowPath);
      }
      return { $ref: `#/definitions/${name}` };
    });
  for (const [name, schema] of Object.entries(definitions)) shared[name] = share(schema, name);
  return shared;
}

function countUses(schema: JsonSchema, counts: Map<string, number>): void {
  mapSubschemas(schema, (below, keyword) => {
    if (compositionKeywords.includes(keyword)) return below;
    const text = JSON.stringify(below);
    if (text.length >= shortestShared) {
      const uses = (counts.get(text) ?? 0) + 1;
      counts.set(text, uses);
      // What a repeated schema contains is repeated with it, and moves along.
      if (uses > 1) return below;
    }
    countUses(below, counts);
    return below;
  });
}
