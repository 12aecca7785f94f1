/** A plugin that gives the server a root fails where there is none: an empty file would make peers refuse every SVID. */

import type { ServerFacts } from '../../lib/spire-plugins/server-facts';
import { nested } from '../../lib/spire-plugins/upstream-authority/nested';
import { secret } from '../../lib/spire-plugins/upstream-authority/secret';

const server: ServerFacts = {
  cluster: 'east',
  trustDomain: 'east.example',
  namespace: 'spire-server',
  serviceAccount: 'spire-server',
  replicas: 1,
  agents: { namespace: 'spire-system', serviceAccount: 'spire-agent' },
  caTtl: '168h',
  upstream: { cluster: 'root', address: 'root.example', port: 8081, secret: 'spire-upstream-agent' },
};

test.each([
  ['an intermediate CA in a Secret', () => secret.plan({}, server)],
  ['a server above', () => nested.plan(server)],
])('fails without a root: %s', (_name, plan) => {
  expect(plan).toThrow('the root of the SPIRE server of east is missing');
});
