/** Finds removed versions of a custom resource. */
import { startsWith } from '../change';
import type { RiskRule } from './risk-rule';

export const crdVersionRemoved: RiskRule = {
  name: 'crd-version-removed',
  risk: 'destructive',
  looksFor: 'a version of a CustomResourceDefinition that was removed, or is no longer served or stored',
  why: 'objects stored in that version can no longer be read. The API server refuses the change while such objects exist.',
  assess: (change) =>
    change.item.kind !== 'CustomResourceDefinition'
      ? []
      : change.fields
          .filter(
            ({ path, before, after }) =>
              startsWith(path, 'spec', 'versions') &&
              ((path.length === 3 && after === undefined) ||
                (['served', 'storage'].includes(path[3] ?? '') && before === true && after !== true)),
          )
          .map(
            ({ path }) =>
              `version ${path[2]?.slice(1, -1)} is removed or no longer served: objects stored in it can no longer be read`,
          ),
};
