/** Finds federated servers that make a new CA at each start, which their peers do not know. */
import { serverSetting } from '../settings';
import { defineRule } from './rule';

export const keysNotKept = defineRule({
  code: 'keys-not-kept',
  severity: 'error',
  waivable: true,
  looksFor:
    'a federated trust domain that has no root and whose server loses its keys at a restart; a warning if peers verify its endpoint by the web PKI',
  why: "each start of the server makes a CA that no peer knows: peers refuse every SVID until they have polled, and over https_spiffe they can never poll again, since the endpoint's own SVID is under the new CA.",
  source:
    'spire doc/plugin_server_keymanager_memory.md; pkg/server/ca/manager/manager.go prepareX509CA; SPIFFE Federation, section 5.2',
  example: { cluster: 'cluster1', profile: 'https_spiffe' },
  check: ({ written, clusters, graph }, find) => {
    for (const [name, { plugins, bundleEndpoint }] of clusters) {
      const isFederated = graph.trustedBy(name).length > 0;
      if (plugins.keyManager.keepsKeys || plugins.upstreamAuthority !== undefined || !isFederated) continue;
      const profile = bundleEndpoint?.profile ?? 'https_spiffe';
      const { place } = serverSetting(written, name, 'keyManager');
      find(place, { cluster: name, profile }, profile === 'https_web' ? { severity: 'warning' } : {});
    }
  },
});
