/** Checks that every SPIRE resource has the class of the controller manager. */

import type { OutputRule } from './output-rule';
import { at, spireConfigurations } from './spire-configurations';

export const classNameAgrees: OutputRule = {
  name: 'class-name-agrees',
  looksFor: "a SPIRE resource without the controller manager's class",
  why: 'the controller manager ignores the resource without an error: it makes no entry and no relationship, and sets no status.',
  source: 'spire-controller-manager docs, className and watchClassless',
  check: (objects, cluster, report) => {
    const className = at(spireConfigurations(objects, cluster)?.manager.content, 'className');
    if (className === undefined) return;
    for (const placed of objects.all.filter(({ object }) => object.apiVersion.startsWith('spire.spiffe.io/'))) {
      const own = at(placed.object.spec, 'className');
      if (own !== className) {
        report(placed, `has class ${String(own)}, the controller manager serves ${String(className)}`);
      }
    }
  },
};
