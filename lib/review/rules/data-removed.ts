/** Finds removed objects with which other objects or data are deleted. */
import type { RiskRule } from './risk-rule';

const TAKES_ALONG: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'every object of its kind is deleted',
  Namespace: 'everything in it is deleted, including volumes and Secrets',
  PersistentVolumeClaim: 'its data can be deleted',
  StatefulSet: 'its pods stop; under another name or namespace, the new pods start with empty volumes',
};

export const dataRemoved: RiskRule = {
  name: 'data-removed',
  risk: 'destructive',
  looksFor: 'a Namespace, CustomResourceDefinition, StatefulSet or PersistentVolumeClaim that was removed',
  why: 'GitOps tools that prune delete it. Applying the old state again does not restore the data in it.',
  assess: ({ action, item: { kind } }) => {
    const says = TAKES_ALONG[kind];
    return action === 'removed' && says !== undefined ? [says] : [];
  },
};
