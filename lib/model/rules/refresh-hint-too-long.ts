/** Finds bundle endpoints whose refresh hint is too long for peers to follow the rotation of the server's CA. */
import { goDuration } from '../../formats/duration';
import { defineRule } from './rule';

/** The SPIFFE specification asks for a new key three to five refreshes before its use. */
const POLLS_WITHIN_BUDGET = 5;

export const refreshHintTooLong = defineRule({
  code: 'refresh-hint-too-long',
  severity: 'warning',
  waivable: true,
  looksFor:
    'a refreshHint longer than a fifteenth of caTtl if the server signs with a CA of its own; an error beyond a third',
  why: 'SPIRE publishes a new CA after half of the lifetime of the old one, and uses it after five sixths. A peer that has not polled in between refuses every new SVID. With https_spiffe it can never poll again.',
  source:
    'spire pkg/server/ca/manager/slot.go (preparation and activation), SPIFFE Trust Domain and Bundle section 4.1.2',
  example: { refreshHint: '4h', caTtl: '24h', budget: '8h', fits: true },
  check: ({ clusters, graph }, find) => {
    for (const [name, { written, spire, trust, bundleEndpoint }] of clusters) {
      // Under a root, the bundle does not change with the server's CA.
      if (bundleEndpoint === undefined || trust.root !== undefined || graph.trustedBy(name).length === 0) continue;
      const budget = Math.floor(spire.caTtl / 3);
      if (bundleEndpoint.refreshHint * POLLS_WITHIN_BUDGET <= budget) continue;
      const fits = bundleEndpoint.refreshHint < budget;
      const key = written.bundleEndpoint?.refreshHint === undefined ? [] : ['refreshHint'];
      const facts = {
        refreshHint: goDuration(bundleEndpoint.refreshHint),
        caTtl: goDuration(spire.caTtl),
        budget: goDuration(budget),
        fits,
      };
      find(['clusters', name, 'bundleEndpoint', ...key], facts, { severity: fits ? 'warning' : 'error' });
    }
  },
});
