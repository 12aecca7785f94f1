/** Reads the CustomResourceDefinitions that `imports/` carries. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../yaml/read-yaml';
import { importsFolder } from './imports-folder';

/** A definition as its file holds it, in the API server's own spelling. */
export interface ImportedCrd {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly annotations?: { readonly [key: string]: string } };
  readonly spec: { readonly [key: string]: unknown };
}

const cache = new Map<string, readonly ImportedCrd[]>();

/** All definitions of one project, such as `spire`, sorted by name. */
export function importedCrds(project: string): readonly ImportedCrd[] {
  const known = cache.get(project);
  if (known !== undefined) {
    return known;
  }
  const folder = join(importsFolder(), 'crds', project);
  const crds = readdirSync(folder)
    .sort()
    .map((file) => readYaml(readFileSync(join(folder, file), 'utf8')) as ImportedCrd);
  cache.set(project, crds);
  return crds;
}
