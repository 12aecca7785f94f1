/** Checks that no object of a built-in kind holds an empty list, because the API server drops it. */
import type { KubernetesObject } from '../manifests/kubernetes-object';
import { findValues } from './find-values';
import { FindingCache } from './finding-cache';
import type { CheckedCluster, OutputRule } from './output-rule';

export const noEmptyLists: OutputRule<CheckedCluster> = {
  name: 'no-empty-lists',
  looksFor: 'an empty list in an object of a built-in kind of Kubernetes',
  why: 'Kubernetes stores an empty list as no list. Every apply then changes the object again, and GitOps tools report drift forever.',
  source:
    'https://github.com/kubernetes/kubernetes/pull/126184 (nil and [] are one); measured: each server-side apply raised the generation',
  check: (objects, _cluster, report) => {
    for (const placed of objects.all) {
      findings.report(placed, report);
    }
  },
};

const findings = new FindingCache((object, find) => {
  if (!isBuiltIn(object)) return;
  for (const { path, reason } of findValues(object, emptyList)) find(`${path} ${reason}`);
});

/** Built-in kinds are stored as protocol buffers, which have no empty lists. Custom resources are stored as JSON. */
function isBuiltIn({ apiVersion }: KubernetesObject): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return !group.includes('.') || group.endsWith('.k8s.io');
}

function emptyList(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 0 ? 'is an empty list' : undefined;
}
