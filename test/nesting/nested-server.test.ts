import { NestedServer } from '../../lib/nesting/nested-server';
import { find, objectsOf } from '../manifests';

test('makes the nested server downstream, by the agent that its certificate names', () => {
  const objects = objectsOf((scope) => new NestedServer(scope, 'nested', { trustDomain: 'east.test', nested: 'west' }));
  expect(find(objects, 'ClusterStaticEntry', 'nested-west').spec).toEqual({
    className: 'spire',
    spiffeID: 'spiffe://east.test/nested-server/west',
    parentID: 'spiffe://east.test/spire/agent/x509pop/west',
    selectors: ['unix:uid:1000'],
    downstream: true,
  });
});
