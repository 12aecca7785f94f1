/** Proves that kustomize makes of every folder exactly the objects of its files. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { LAYERS } from '../../../lib/model/delivery/layers';
import type { KubernetesObject } from '../cluster/kubectl';
import { committedClusters, objectsIn } from '../fleet/examples';
import { run } from '../machine/command';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

const WAVE = 'argocd.argoproj.io/sync-wave';
/** Annotations that are Argo CD's own. */
const OURS = /^argocd\.argoproj\.io\//;

export const kustomizeProofs: readonly Proof[] = [
  {
    name: 'kustomize makes of every folder the objects of its files, and of the overlays for Argo CD the same with annotations',
    offline: true,
    prove: async (stage) => {
      let [folders, overlays] = [0, 0];
      for (const { name, folder } of committedClusters()) {
        const written = objectsIn(folder);
        expectSame(await build(stage, folder), written, name);
        folders++;
        for (const layer of LAYERS.filter((layer) => existsSync(join(folder, layer)))) {
          expectSame(await build(stage, join(folder, layer)), objectsIn(join(folder, layer)), `${name}/${layer}`);
          folders++;
        }
        const overlay = join(folder, '..', 'argocd', name.split('/').at(-1) ?? '');
        if (!existsSync(overlay)) continue;
        const patched = await build(stage, overlay);
        expect(
          patched.every(({ metadata }) => annotationsOf(metadata)[WAVE] !== undefined),
          `${name}: an object has no sync wave`,
        );
        expectSame(patched.map(withoutOurs), written, `argocd/${name}`);
        overlays++;
      }
      return `${folders} folders and ${overlays} overlays, by kustomize of kubectl`;
    },
  },
];

async function build(stage: Stage, folder: string): Promise<readonly KubernetesObject[]> {
  const text = await run([stage.programs.path('kubernetes', 'kubectl'), 'kustomize', folder]);
  return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
}

function expectSame(built: readonly KubernetesObject[], written: readonly KubernetesObject[], name: string): void {
  const [left, right] = [byKey(built), byKey(written)];
  const different = [...new Set([...left.keys(), ...right.keys()])].filter(
    (key) => !isDeepStrictEqual(left.get(key), right.get(key)),
  );
  expect(built.length === written.length && different.length === 0, `${name} differs: ${different.join(', ')}`);
}

function byKey(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(
    objects.map((object) => [[object.kind, object.metadata.namespace, object.metadata.name].join('/'), object]),
  );
}

function annotationsOf({ annotations = {} }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return annotations as Readonly<Record<string, string>>;
}

function withoutOurs(object: KubernetesObject): KubernetesObject {
  const { annotations: all, ...metadata } = object.metadata;
  const others = Object.entries(all ?? {}).filter(([key]) => !OURS.test(key));
  return {
    ...object,
    metadata: others.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(others) },
  };
}
