/** How the `plugin_data` of a plugin is written in JSON, which SPIRE reads as HCL. */

type Data = Readonly<Record<string, unknown>>;

/**
 * A copy that SPIRE reads as one plugin.
 *
 * HCL merges a key in JSON with the keys below it as long as each value is a map: `{ a: { b: {}, c: {} } }` becomes two blocks,
 * `a b` and `a c`. The block of a plugin would become two in the same way, which SPIRE refuses as a plugin that is declared
 * twice. A list ends the merging, and a list of one map means the same as the map.
 * @see https://github.com/hashicorp/hcl/blob/v1.0.0/json/parser/flatten.go
 */
export function writtenPluginData(data: Data): Data {
  if (blocksOf(data) <= 1) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, isMap(value) ? [value] : value]));
}

/** The data as its plan has it. */
export function readPluginData(written: unknown): unknown {
  if (!isMap(written)) return written;
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, isWrapped(value) ? value[0] : value]));
}

/** The number of blocks that HCL makes of a map. */
function blocksOf(data: Data): number {
  const values = Object.values(data).filter((value) => value !== undefined);
  if (values.length === 0 || !values.every(isMap)) return 1;
  return values.reduce((sum, value) => sum + blocksOf(value), 0);
}

function isWrapped(value: unknown): value is readonly [Data] {
  return Array.isArray(value) && value.length === 1 && isMap(value[0]);
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
