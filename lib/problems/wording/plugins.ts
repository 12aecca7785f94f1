/** Messages for bundle publishers and for plugins by their names in SPIRE. */
import type { PluginProgram } from '../plugin-facts';
import { listed, meant, quoted } from './phrases';
import type { WordingOf } from './wording';

const OWNERS: Readonly<Record<PluginProgram, string>> = { server: 'the SPIRE server', agent: 'the SPIRE agents' };

export const pluginsWording: WordingOf<
  | 'authority-twice'
  | 'bundle-does-not-fit'
  | 'bundle-target-shared'
  | 'plugin-not-mounted'
  | 'plugin-twice'
  | 'plugin-type-decided'
  | 'secret-in-plugin'
  | 'unknown-plugin'
  | 'unknown-variable'
  | 'variable-shared'
> = {
  'authority-twice': ({ plugin, first }, whereIs) => ({
    sentence: `a SPIRE server has one upstream authority, and beside ${quoted(plugin)} the fleet chooses another (${whereIs(first)})`,
    hint: 'remove one of the two',
  }),
  'bundle-does-not-fit': ({ publisher, most, roots, cluster, rootFile, authority }) => ({
    sentence:
      roots === undefined
        ? `${quoted(publisher)} holds ${most} CA certificates, and a server that signs with CAs of its own can have more at a time`
        : `${quoted(publisher)} holds ${most} CA certificates, and the trust domain has ${roots} roots`,
    hint:
      roots === undefined
        ? `save the root of the trust domain as ${rootFile} and write trust: { authority: ${authority} } in clusters.${cluster}, or waive the rule`
        : 'remove a root that no SVID leads to any more, or remove the publisher',
  }),
  'bundle-target-shared': ({ target, first }, whereIs) => ({
    sentence:
      first === undefined
        ? `the server already writes ${quoted(target)}, from which agents start; one would remove what the other wrote`
        : `another publisher (${whereIs(first)}) already writes ${quoted(target)}; one would remove what the other wrote`,
    hint: 'give the publisher an object of its own, by another name',
  }),
  'plugin-not-mounted': ({ program, command }) => ({
    sentence: `no mount of the plugin leads to ${quoted(command)}, and the image of ${OWNERS[program]} has no programs of others`,
    hint: 'add a mount whose path is a folder above it, such as mounts: [{ claim: plugins, path: /run/plugins/bin }]',
  }),
  'plugin-twice': ({ program, plugin, first }, whereIs) => ({
    sentence: `${quoted(plugin)} is ${first === undefined ? `a plugin of ${OWNERS[program]}` : 'chosen'} already${first === undefined ? '' : ` (${whereIs(first)})`}, and SPIRE loads one plugin of a name`,
    hint: 'remove one of the two',
  }),
  'plugin-type-decided': ({ program, type, decision }) => ({
    sentence: `a SPIRE ${program} has exactly one ${type}${'key' in decision ? ', which another key chooses' : `: ${decision.because}`}`,
    hint: 'key' in decision ? `write ${decision.key}: below spire.${program}` : 'remove the plugin',
  }),
  'secret-in-plugin': ({ key }) => ({
    sentence: `${quoted(key)} holds a secret, and the fleet and the output are for everybody to read`,
    hint: `put the secret into a Secret, name it under environment, such as environment: { MY_SECRET: { secret: my-plugin, key: ${key} } }, and write ${key}: $MY_SECRET`,
  }),
  'unknown-plugin': ({ program, type, got, known, suggestion }) => ({
    sentence: `${quoted(got)} is no ${type} of SPIRE${program === 'agent' ? ' on Linux' : ''}`,
    hint: meant(suggestion, `SPIRE has ${known.join(', ')}; for a program of your own, write command:`),
  }),
  'unknown-variable': ({ got, known }) => ({
    sentence: `${quoted(got)} is not a variable of environment${known.length === 0 ? '' : `, which has ${listed(known)}`}`,
    hint: 'add it to environment, or write its name as $NAME without braces',
  }),
  'variable-shared': ({ program, name }) => ({
    sentence: `another plugin of ${OWNERS[program]} sets the variable ${quoted(name)} to another value, and all plugins see the same variables`,
    hint: 'choose another name for the variable',
  }),
};
