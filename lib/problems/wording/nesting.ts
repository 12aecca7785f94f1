/** Messages for nested clusters. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const nestingWording: WordingOf<
  'nested-in-federation' | 'nested-upper-unfit' | 'nested-ca-too-long' | 'nested-root-shared'
> = {
  'nested-in-federation': ({ cluster, upper }) => ({
    sentence: `${quoted(cluster)} is nested under ${quoted(upper)}, which federates for both`,
    hint: `write ${upper} instead, or remove ${cluster} if ${upper} is already listed`,
  }),
  'nested-upper-unfit': ({ cluster, upper, lacks, upperAt }, whereIs) => ({
    sentence: `${quoted(cluster)} cannot be nested under ${quoted(upper)} (${whereIs(upperAt)}), which ${
      lacks === 'the same trust domain' ? 'has another trust domain' : `has no ${lacks.replace(/^an? /, '')}`
    }`,
    hint: {
      'a trust domain of its own': 'name a cluster that is not nested itself',
      'the same trust domain': `give both the same trustDomain, or federate them: - between: [${upper}, ${cluster}]`,
      'a root': `add a root to ${upper}, such as trust: { root: trust/example.org.pem }; the agent of the nested server verifies the server above with it`,
      'a CA that may sign CAs': `choose another trust.authority for ${upper}; the one that it has signs CAs with the path length 0`,
      serverApi: `add to ${upper} the address at which ${cluster} reaches its SPIRE server, such as serverApi: { address: 192.0.2.30 }`,
    }[lacks],
  }),
  'nested-ca-too-long': ({ caTtl, upper, upperCaTtl }) => ({
    sentence: `caTtl ${caTtl} is longer than the caTtl ${upperCaTtl} of ${quoted(upper)}, whose server signs this CA`,
    hint: `lower caTtl to ${upperCaTtl} or less, or raise the caTtl of ${upper}`,
  }),
  'nested-root-shared': ({ owner, fingerprint, renewed, ofNestedServers }, _whereIs, own) => ({
    sentence: `the ${renewed === true ? 'key of the ' : ''}root ${fingerprint} is also used by ${
      ofNestedServers === true
        ? `the nested servers of ${quoted(owner)}, so their certificates would be accepted here too`
        : `the trust domain of ${quoted(owner)}, so every SVID of that trust domain would be accepted as the certificate of a nested server`
    }`,
    hint: `use a separate root, which signs nothing else; create one with: ${own('root')}`,
  }),
};
