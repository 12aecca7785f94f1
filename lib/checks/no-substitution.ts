/** Checks that no text of the output looks like a variable that a GitOps tool would replace. */
import { FindingCache } from './finding-cache';
import type { CheckedCluster, OutputRule } from './output-rule';

export const noSubstitution: OutputRule<CheckedCluster> = {
  name: 'no-substitution',
  looksFor: 'the text "${" anywhere in an object that is applied',
  why: 'postBuild of Flux replaces the text. Or it fails the whole layer, because no variable has that name.',
  source: 'kustomize-controller docs, postBuild; StrictPostBuildSubstitutions is on since 1.9',
  check: (objects, _cluster, report) => {
    for (const placed of objects.all) findings.report(placed, report);
  },
};

const findings = new FindingCache((object, find) => {
  // GitOps tools do not substitute in definitions, whose field descriptions may hold any text.
  if (object.kind === 'CustomResourceDefinition') return;
  if (holdsVariable(object)) find('holds "${", which Flux would replace');
});

function holdsVariable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (typeof value !== 'object' || value === null) return false;
  for (const key in value) {
    if (key.includes('${') || holdsVariable((value as Readonly<Record<string, unknown>>)[key])) return true;
  }
  return false;
}
