/** Finds federated servers that make a new CA at each start, which their peers do not know. */
import { serverSetting } from '../settings';
import { signsWithOwnCa } from '../trust/own-ca';
import { defineRule } from './rule';

export const keysNotKept = defineRule({
  code: 'keys-not-kept',
  severity: 'error',
  waivable: true,
  looksFor:
    'a federated trust domain without a root whose server loses its keys at a restart; a warning if the endpoint has the profile https_web',
  why: 'each start of the server creates a CA that no peer knows. Peers refuse every SVID until they poll the new bundle. With https_spiffe they cannot poll it, since the SVID of the endpoint is under the new CA too.',
  source:
    'spire doc/plugin_server_keymanager_memory.md; pkg/server/ca/manager/manager.go prepareX509CA; SPIFFE Federation, section 5.2',
  example: { cluster: 'cluster1', profile: 'https_spiffe' },
  check: ({ written, clusters, graph }, find) => {
    for (const [name, { plugins, bundleEndpoint }] of clusters) {
      const isFederated = graph.trustedBy(name).length > 0;
      if (plugins.keyManager.keepsKeys || !isFederated || !signsWithOwnCa(written, name, plugins)) continue;
      const profile = bundleEndpoint?.profile ?? 'https_spiffe';
      const { place } = serverSetting(written, name, 'keyManager');
      find(place, { cluster: name, profile }, profile === 'https_web' ? { severity: 'warning' } : {});
    }
  },
});
