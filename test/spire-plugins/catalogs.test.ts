import { BundlePublisher, Datastore, KeyManager, UpstreamAuthority } from '../../lib';
import { BUNDLE_PUBLISHERS } from '../../lib/spire-plugins/bundle-publisher/catalog';
import { DATASTORES } from '../../lib/spire-plugins/datastore/catalog';
import { KEY_MANAGERS } from '../../lib/spire-plugins/key-manager/catalog';
import { UPSTREAM_AUTHORITIES } from '../../lib/spire-plugins/upstream-authority/catalog';

test.each([
  ['bundle publisher', BUNDLE_PUBLISHERS, BundlePublisher],
  ['datastore', DATASTORES, Datastore],
  ['key manager', KEY_MANAGERS, KeyManager],
  ['upstream authority', UPSTREAM_AUTHORITIES, UpstreamAuthority],
] as const)('a program can choose each %s that a fleet can choose', (_, members, factories) => {
  const keys = members.map(({ key }) => key);
  expect(Object.keys(factories).sort()).toEqual([...keys].sort());
  expect(keys).toEqual([...keys].sort());
});
