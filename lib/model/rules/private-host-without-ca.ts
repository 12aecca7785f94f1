/** Finds plugins that verify a private host by the public CAs. */
import { whyNotPublic } from '../../formats/public-names';
import { placedPlugins } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const privateHostWithoutCa = defineRule({
  code: 'private-host-without-ca',
  severity: 'error',
  waivable: true,
  looksFor: 'a plugin without ca that calls a private address, or a name that is not below a public domain',
  why: 'without ca, the plugin verifies the host by the public CAs, which issue no certificates for such hosts. The server does not start.',
  source: 'CA/B Baseline Requirements 4.2.2; spire pkg/server/plugin/keymanager/hashicorpvault/vault_client.go',
  example: { host: 'vault.vault.svc.cluster.local', what: 'a name under .local, which is not a public domain' },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins }] of clusters) {
      for (const { plan, place } of placedPlugins(written, name, plugins)) {
        const host = plan.verifiedByPublicCas;
        const what = host === undefined ? undefined : whyNotPublic(host);
        if (host !== undefined && what !== undefined) find(place, { host, what }, { atKey: true });
      }
    }
  },
});
