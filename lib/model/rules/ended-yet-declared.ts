/** Finds federations that one entry ends and another one declares. */
import { defineRule } from './rule';

export const endedYetDeclared = defineRule({
  code: 'ended-yet-declared',
  severity: 'error',
  looksFor: 'a federation that one entry ends and another one declares',
  why: 'the trust goes on, although the fleet says that it has ended: nobody is led through the steps that revoke it.',
  source: 'the meaning of `ended`; the steps in dist/README.md',
  example: { trusting: 'cluster1', trusted: 'cluster2', declared: ['federation', 0] },
  check: ({ graph }, find) => {
    for (const { trusting, trusted, place, declared } of graph.endedYetDeclared()) {
      find(place, { trusting, trusted, declared });
    }
  },
});
