/** Finds pinned bundles whose certificates never live long enough to be committed. */
import { goDuration } from '../../formats/duration';
import { shortLife } from './authorities';
import { defineRule } from './rule';

export const shortLivedPin = defineRule({
  code: 'short-lived-pin',
  severity: 'warning',
  waivable: true,
  looksFor: 'a pinned bundle in which no certificate was issued for more than a week',
  why: 'a SPIRE server without a root issues its own CA, for a day by default. A pinned copy expires the next day, and the controller manager ignores a new one.',
  source:
    'spire doc/spire_server.md ca_ttl; spire-controller-manager pkg/spireapi/types.go FederationRelationship.Equal',
  example: { life: '24h' },
  check: ({ clusters }, find) => {
    for (const [name, cluster] of clusters) {
      const life = shortLife(cluster);
      if (life !== undefined) find(['clusters', name, 'trust', 'bundle'], { life: goDuration(life) });
    }
  },
});
