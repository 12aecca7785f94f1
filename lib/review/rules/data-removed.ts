/** Finds objects whose removal takes other objects or data along. */
import type { RiskRule } from './risk-rule';

const TAKES_ALONG: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'with it goes every object of its kind',
  Namespace: 'with it goes everything in it, volumes and Secrets included',
  PersistentVolumeClaim: 'its data may go with it',
  StatefulSet: 'its pods end, and no new one takes its volume: under another name or namespace it starts empty',
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
