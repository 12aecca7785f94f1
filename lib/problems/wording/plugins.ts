/** Messages for bundle publishers and for plugins by their names in SPIRE. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const pluginsWording: WordingOf<'bundle-does-not-fit' | 'bundle-target-shared' | 'plugin-twice'> = {
  'bundle-does-not-fit': ({ publisher, most, roots }) => ({
    sentence:
      roots === undefined
        ? `${quoted(publisher)} holds ${most} CA certificates, and a server that signs with CAs of its own can have more at a time`
        : `${quoted(publisher)} holds ${most} CA certificates, and the trust domain has ${roots} roots`,
    hint:
      roots === undefined
        ? 'write the root of the trust domain and an authority that signs for its servers (trust: { root: …, authority: … }), or waive the rule'
        : 'remove a root that no SVID leads to any more, or remove the publisher',
  }),
  'bundle-target-shared': ({ target, first }, whereIs) => ({
    sentence:
      first === undefined
        ? `the server already writes ${quoted(target)}, from which agents start; one would remove what the other wrote`
        : `another publisher (${whereIs(first)}) already writes ${quoted(target)}; one would remove what the other wrote`,
    hint: 'give the publisher an object of its own, by another name',
  }),
  'plugin-twice': ({ plugin, first }, whereIs) => ({
    sentence: `${quoted(plugin)} is chosen already (${whereIs(first)}), and SPIRE loads one plugin of a name`,
    hint: 'remove one of the two',
  }),
};
