/** Finds the CustomResourceDefinitions of a project in the files of its pinned modules. */

import { parseAllDocuments } from 'yaml';
import { type CustomResourceDefinition, reduceDefinition } from './custom-resource-definition';
import { readModuleFile } from './go-module';
import type { PinnedCrds, PinnedProject } from './pinned-modules';
import { compare, type Origin } from './sources';

export interface ReadDefinition {
  readonly crd: CustomResourceDefinition;
  readonly origin: Origin;
  readonly hasClass: boolean;
}

/** Reads and reduces the definitions a project pins, sorted by name; fails when a pinned kind is not found. */
export function readDefinitions(project: PinnedProject): readonly ReadDefinition[] {
  const definitions = project.sources.flatMap(readPinned);
  return definitions.sort((a, b) => compare(a.crd.metadata.name, b.crd.metadata.name));
}

function readPinned(pinned: PinnedCrds): readonly ReadDefinition[] {
  const all = pinned.paths.flatMap((path) => {
    const { text, origin } = readModuleFile(pinned, path);
    return parseDefinitions(text).map((crd) => ({ crd, origin }));
  });
  return pinned.kinds.map((kind) => {
    const found = all.find(({ crd }) => crd.spec.names.kind === kind);
    if (found === undefined) throw new Error(`${pinned.module}@${pinned.version} has no definition of ${kind}`);
    const hasClass = !pinned.kindsWithoutClass?.includes(kind);
    return { crd: reduceDefinition(found.crd), origin: found.origin, hasClass };
  });
}

function parseDefinitions(text: string): readonly CustomResourceDefinition[] {
  // YAML 1.1, as the API server's own reader understands it.
  return [...parseAllDocuments(text, { version: '1.1' })]
    .map((document) => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      return document.toJS() as CustomResourceDefinition | null;
    })
    .filter((crd): crd is CustomResourceDefinition => crd?.kind === 'CustomResourceDefinition');
}
