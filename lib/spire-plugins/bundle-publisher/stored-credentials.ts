/** Credentials that a publisher reads from a Secret, for services that cannot know the server by its ServiceAccount. */
import type { PluginPlan } from '../plugin';

interface StoredKey {
  /** Variable of the server's container that holds the value. */
  readonly variable: string;
  /** Key of the Secret. */
  readonly key: string;
}

type CredentialsPlan = Required<Pick<PluginPlan, 'configuration' | 'environment' | 'secrets'>>;

/**
 * The keys of a plugin's configuration that refer to variables, the variables, and the Secret; nothing without a Secret.
 *
 * The variables have names of their own: SDKs read those that clouds define for all plugins of the server.
 * @param holds what the Secret holds, in a few words
 * @param keys by the key of the plugin's configuration
 */
export function credentialsPlan(
  secret: string | undefined,
  holds: string,
  keys: Readonly<Record<string, StoredKey>> = {},
): CredentialsPlan {
  if (secret === undefined) return { configuration: {}, environment: [], secrets: [] };
  const stored = Object.entries(keys);
  return {
    configuration: Object.fromEntries(stored.map(([key, { variable }]) => [key, `$${variable}`])),
    environment: stored.map(([, { variable, key }]) => ({ name: variable, secret, key, inConfiguration: true })),
    secrets: [
      {
        name: secret,
        type: 'Opaque',
        keys: stored.map(([, { key }]) => key),
        holds,
        purpose: `${holds}, by which the SPIRE server publishes its trust bundle; without quotation marks, backslashes and line breaks, since SPIRE puts it into its configuration. Restart the server after a change`,
      },
    ],
  };
}
