/** Checks that no text of the output looks like a variable that a GitOps tool would replace. */
import type { OutputRule } from './output-rule';

export const noSubstitution: OutputRule = {
  name: 'no-substitution',
  looksFor: 'the text "${" anywhere in an object that is applied',
  why: "Flux's postBuild replaces it, or fails the whole layer because no variable has the name.",
  source: 'kustomize-controller docs, postBuild; StrictPostBuildSubstitutions is on since 1.9',
  check: (objects, _cluster, report) => {
    for (const placed of objects.all) {
      // Definitions are not substituted into: kubectl's own documentation of a field may hold anything.
      if (placed.object.kind === 'CustomResourceDefinition') continue;
      if (JSON.stringify(placed.object).includes('${')) report(placed, 'holds "${", which Flux would replace');
    }
  },
};
