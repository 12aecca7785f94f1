/** The check of the socket for delegates. */
import { checkBy } from '../../lib/checks/check-cluster';
import { workloadApiSocketAgrees } from '../../lib/checks/workload-api-socket-agrees';
import { loneCluster } from '../resolved';
import { damaged, filesOf, inConfig } from './damage';

test('reports an admin socket outside of the folder that delegates mount', async () => {
  const cluster = await loneCluster('spire: { agent: { admin: { delegates: [/broker] } } }');
  const moved = inConfig('agent.conf', 'agent-admin/admin.sock', 'agent-other/admin.sock');
  expect(checkBy([workloadApiSocketAgrees], cluster, filesOf(cluster))).toEqual([]);
  expect(
    checkBy([workloadApiSocketAgrees], cluster, damaged(cluster, 'ConfigMap', 'spire-agent', moved)),
  ).toMatchObject([{ reason: expect.stringContaining('directory of the admin socket disagrees') }]);
});
