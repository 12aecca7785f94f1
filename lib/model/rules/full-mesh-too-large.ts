/** Finds groups of clusters so large that federating each with each is a burden. */
import { defineRule } from './rule';

/** Beyond it, a mesh has more than two hundred links. */
const MAX_MEMBERS = 20;

export const fullMeshTooLarge = defineRule({
  code: 'full-mesh-too-large',
  severity: 'warning',
  waivable: true,
  looksFor: 'a group of more than 20 members under between',
  why: 'each server polls all others, so the number of links grows with the square of the members. A new member changes the folders of all clusters.',
  source: 'n(n-1)/2 links; spire pkg/server/bundle/client/manager.go polls each',
  example: { members: 30, links: 435 },
  check: ({ written }, find) => {
    for (const [index, { between = [], ended }] of (written.federation ?? []).entries()) {
      const members = between.length;
      if (ended !== true && members > MAX_MEMBERS) {
        find(['federation', index, 'between'], { members, links: (members * (members - 1)) / 2 });
      }
    }
  },
});
