/** Finds changed annotations that make GitOps tools delete, replace or skip an object. */
import { TOOLS } from '../../delivery/settings-catalog';
import { metadataKeys, type RiskRule } from './risk-rule';

const KEYS: readonly RegExp[] = [
  ...TOOLS.map(({ annotations }) => annotations.prune),
  /^config\.kubernetes\.io\/local-config$/,
];

export const metadataPrune: RiskRule = {
  name: 'metadata-prune',
  risk: 'destructive',
  looksFor: 'an annotation that decides whether GitOps tools prune, replace or skip an object',
  why: 'an object that is skipped is deleted where it was applied before. An object that is replaced loses the data in it.',
  assess: (change) =>
    metadataKeys(change)
      .filter(({ key }) => KEYS.some((one) => one.test(key)))
      .map(({ key, action }) => `${key} ${action}: it decides whether the object is pruned, replaced or skipped`),
};
