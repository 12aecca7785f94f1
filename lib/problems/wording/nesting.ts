/** Messages for nested clusters. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const nestingWording: WordingOf<
  'nested-in-federation' | 'nested-upper-unfit' | 'nested-ca-too-long' | 'nested-root-shared'
> = {
  'nested-in-federation': ({ cluster, upper }) => ({
    sentence: `${quoted(cluster)} is nested under ${quoted(upper)}, which federates for both`,
    hint: `name ${upper} in its place, or remove it where ${upper} is named already`,
  }),
  'nested-upper-unfit': ({ cluster, upper, lacks, upperAt }, whereIs) => ({
    sentence: `${quoted(cluster)} cannot be nested under ${quoted(upper)} (${whereIs(upperAt)}), which ${
      lacks === 'the same trust domain' ? 'is of another trust domain' : `has no ${lacks.replace(/^an? /, '')}`
    }`,
    hint: {
      'a trust domain of its own': 'name a cluster that is not nested itself',
      'the same trust domain': `give both the same trustDomain, or federate them: - between: [${upper}, ${cluster}]`,
      'a root': `give ${upper} trust: { root: … }; with it, the agent of the nested server knows whom to trust from the start`,
      serverApi: `add serverApi: { address: … } to ${upper}, the address at which ${cluster} reaches its SPIRE server`,
    }[lacks],
  }),
  'nested-ca-too-long': ({ caTtl, upper, upperCaTtl }) => ({
    sentence: `the CA is to live ${caTtl}, longer than the ${upperCaTtl} of ${quoted(upper)}, whose server signs it`,
    hint: `lower caTtl to ${upperCaTtl} or less, or raise that of ${upper}`,
  }),
  'nested-root-shared': ({ owner, fingerprint, renewed, ofNestedServers }, _whereIs, own) => ({
    sentence: `the ${renewed === true ? 'key of the ' : ''}root ${fingerprint} is also that of ${
      ofNestedServers === true
        ? `the nested servers of ${quoted(owner)}, so their certificates would be accepted here as well`
        : `the trust domain of ${quoted(owner)}, so every SVID under it would be accepted as a nested server's certificate`
    }`,
    hint: `take a root of its own, which signs nothing else; make one with: ${own('root')}`,
  }),
};
