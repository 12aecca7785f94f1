import { PAIR } from '../resolved';
import { diagramOf, EVERY_WAY, edgesOf, groupsOf } from './diagrams';

test('draws each kind of federation as its own kind of edge, once', async () => {
  const edges = edgesOf(await diagramOf(EVERY_WAY)).filter((edge) => edge.startsWith('server'));
  expect(edges).toEqual([
    'server bank partner-federation server west',
    'server east federation server west',
    'server north trust server west',
    'server south ended server west',
  ]);
});

test('draws a call to another cluster through its gateway, and a call to a partner to the workload', async () => {
  const edges = edgesOf(await diagramOf(EVERY_WAY)).filter((edge) => !edge.startsWith('server'));
  expect(edges).toEqual([
    'workload end remote-call gateway west',
    'gateway west call workload a--b',
    'workload shop call workload a--b',
    'workload shop remote-call workload payments',
  ]);
});

test('puts server, gateway and workloads into their trust domain', async () => {
  expect(groupsOf(await diagramOf(PAIR))).toEqual([
    'east: SPIRE server, greeter',
    'west: SPIRE server, gateway 192.0.2.21, bookinfo',
  ]);
});
