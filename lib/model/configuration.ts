/** Writes the configuration files that components read from ConfigMaps, and marks pods with what they were started with. */
import { createHash } from 'node:crypto';
import { renderYaml as renderDocument } from '../yaml/render-yaml';

/** JSON with sorted keys and a line end; SPIRE reads JSON wherever it reads HCL. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(sortKeys(value), undefined, 2)}\n`;
}

export function renderYaml(value: unknown): string {
  return renderDocument(sortKeys(value));
}

/** Pod annotation that changes with the configuration, so that the pods restart when it does. */
export function configurationChecksum(...files: readonly string[]): Readonly<Record<string, string>> {
  return { 'checksum/config': createHash('sha256').update(files.join('\0')).digest('hex').slice(0, 16) };
}

/** Drops what is undefined: it would become null in YAML. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
