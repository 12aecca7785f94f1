/** Renders configuration files for ConfigMaps, and the pod annotation with their checksum. */
import { createHash } from 'node:crypto';
import { renderYaml as renderDocument } from '../yaml/render-yaml';
import { sorted } from '../yaml/sorted';

/** JSON with sorted keys, without undefined values, with a final line break. SPIRE accepts JSON wherever it accepts HCL. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), undefined, 2)}\n`;
}

/** YAML with sorted keys, so that equal values give equal text. */
export function renderYaml(value: unknown): string {
  return renderDocument(sorted(value));
}

/** Pod annotation that changes with the configuration, so that the pods restart when it does. */
export function configurationChecksum(...files: readonly string[]): Readonly<Record<string, string>> {
  return { 'checksum/config': createHash('sha256').update(files.join('\0')).digest('hex').slice(0, 16) };
}
