/** Finds federations that one entry ends and another one declares. */
import { defineRule } from './rule';

export const endedYetDeclared = defineRule({
  code: 'ended-yet-declared',
  severity: 'error',
  looksFor: 'a federation that one entry ends and another one declares',
  why: 'the two clusters go on trusting each other, although the fleet says that the federation has ended. The steps that revoke the trust are missing in dist/README.md.',
  source: 'the meaning of `ended`; the steps in dist/README.md',
  example: { trusting: 'cluster1', trusted: 'cluster2', declared: ['federation', 0] },
  check: ({ graph }, find) => {
    for (const { trusting, trusted, place, declared } of graph.endedYetDeclared()) {
      find(place, { trusting, trusted, declared });
    }
  },
});
