/** Finds nested servers with a longer CA lifetime than the server that signs it. */

import { goDuration } from '../../formats/duration';
import { setting } from '../settings';
import { upperOf } from '../spire/nesting';
import { defineRule } from './rule';

export const nestedCaTooLong = defineRule({
  code: 'nested-ca-too-long',
  severity: 'error',
  looksFor: 'a nested cluster whose caTtl is longer than that of the cluster above',
  why: 'a server signs nothing that outlives its own CA. It shortens the lifetime of the nested CA without an error, and SVIDs live shorter than the fleet says.',
  source: 'spire pkg/server/ca/ca.go SignDownstreamX509CA; pkg/server/credtemplate/builder.go',
  example: { caTtl: '336h', upper: 'cluster1', upperCaTtl: '168h' },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire }] of clusters) {
      const upper = upperOf(written, name);
      const limit = clusters.get(upper)?.spire.caTtl ?? spire.caTtl;
      if (spire.caTtl <= limit) continue;
      const { place } = setting(written, name, 'spire', 'caTtl');
      find(place, { caTtl: goDuration(spire.caTtl), upper, upperCaTtl: goDuration(limit) });
    }
  },
});
