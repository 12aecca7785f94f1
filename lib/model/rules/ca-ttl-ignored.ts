/** Finds a lifetime of the CA that the upstream authority does not take. */
import { UPSTREAM_AUTHORITIES } from '../../spire-plugins/upstream-authority/catalog';
import { setting } from '../settings';
import { placeOfChoice } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const caTtlIgnored = defineRule({
  code: 'ca-ttl-ignored',
  severity: 'warning',
  waivable: true,
  looksFor: 'a caTtl on a cluster whose upstream authority decides how long the CA of the server lives',
  why: 'the server requests no lifetime from such an authority. The CA lives as long as the authority says, and rules and pages compute with a caTtl that may be wrong.',
  source: 'spire pkg/server/plugin/upstreamauthority/ejbca/ejbca.go MintX509CAAndSubscribe',
  example: { authority: String(UPSTREAM_AUTHORITIES[3]?.key), caTtl: '48h', caTtlAt: ['spire', 'caTtl'] },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins }] of clusters) {
      const { value: caTtl, place: caTtlAt } = setting(written, name, 'spire', 'caTtl');
      if (caTtl === undefined || plugins.upstreamAuthority?.decidesCaLife !== true) continue;
      const place = placeOfChoice(written, name, 'upstreamAuthority');
      find(place, { authority: String(place.at(-1)), caTtl, caTtlAt }, { atKey: true });
    }
  },
});
