/** The example fleets, as they are committed and with other versions. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Document, isMap, parseAllDocuments, parseDocument } from 'yaml';
import { RESERVED_FOLDERS } from '../../../lib/model/names';
import type { KubernetesObject } from '../cluster/kubectl';
import { synthesize } from './synthesize';
import { readTree } from './work-fleet';

const ROOT = join(__dirname, '..', '..', '..');

/** What synthesis wrote for one cluster of an example. */
export interface ExampleCluster {
  /** As `hub-and-spoke/office`. */
  readonly name: string;
  /** Its folder in dist/. */
  readonly folder: string;
}

interface Example {
  readonly name: string;
  /** Holds fleet.yaml, trust/ and dist/. */
  readonly folder: string;
}

function examples(): readonly Example[] {
  const names = readdirSync(join(ROOT, 'examples')).sort();
  return [
    { name: 'walkthrough', folder: ROOT },
    ...names.map((name) => ({ name, folder: join(ROOT, 'examples', name) })),
  ];
}

/** Every cluster of every example, as committed. */
export function committedClusters(): readonly ExampleCluster[] {
  return examples().flatMap(clustersOf);
}

/** Every cluster of every example, synthesized into a folder for other versions than the fleet names. */
export function clustersFor(
  versions: Readonly<Record<'kubernetes' | 'istio', string>>,
  folder: string,
): readonly ExampleCluster[] {
  return examples().flatMap(({ name, folder: original }) => {
    const copy = { name, folder: join(folder, name) };
    cpSync(join(original, 'trust'), join(copy.folder, 'trust'), { recursive: true });
    const document = parseDocument(readFileSync(join(original, 'fleet.yaml'), 'utf8'));
    useVersions(document, versions);
    writeFileSync(join(copy.folder, 'fleet.yaml'), document.toString());
    synthesize(copy.folder);
    return clustersOf(copy);
  });
}

/** For the whole fleet and for each cluster that names its own. */
function useVersions(document: Document, versions: Readonly<Record<string, string>>): void {
  const clusters = document.get('clusters', true);
  const names = isMap(clusters) ? clusters.items.map(({ key }) => String(key)) : [];
  for (const [component, version] of Object.entries(versions)) {
    document.setIn(['versions', component], version);
    for (const name of names) {
      if (document.hasIn(['clusters', name, 'versions', component])) {
        document.deleteIn(['clusters', name, 'versions', component]);
      }
    }
  }
}

function clustersOf({ name, folder }: Example): readonly ExampleCluster[] {
  const dist = join(folder, 'dist');
  return readdirSync(dist, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        !RESERVED_FOLDERS.includes(entry.name) &&
        existsSync(join(dist, entry.name, 'kustomization.yaml')),
    )
    .map((entry) => ({ name: `${name}/${entry.name}`, folder: join(dist, entry.name) }));
}

/** The objects in the folder of a cluster. */
export function objectsIn(folder: string): readonly KubernetesObject[] {
  return [...readTree(folder)]
    .filter(([path]) => path.endsWith('.yaml') && basename(path) !== 'kustomization.yaml')
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject));
}
