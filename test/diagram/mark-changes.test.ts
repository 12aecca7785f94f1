import { renderLegend } from '../../lib/diagram/diagram';
import { markChanges } from '../../lib/diagram/mark-changes';
import { neighbourhood } from '../../lib/diagram/neighbourhood';
import { PAIR } from '../resolved';
import { diagramOf, EVERY_WAY, edgesOf, groupsOf, star } from './diagrams';

test('marks nothing where nothing changed', async () => {
  const diagram = await diagramOf(PAIR);
  expect(markChanges(diagram, diagram)).toEqual(diagram);
});

test('marks a federation and a call that are new', async () => {
  const alone = await diagramOf(PAIR.replace(/federation:.*/, '').replace(', calls: [bookinfo]', ''));
  expect(edgesOf(markChanges(alone, await diagramOf(PAIR)))).toEqual([
    'added server east federation server west',
    'added workload greeter remote-call gateway west',
    'added gateway west call workload bookinfo',
  ]);
});

test('keeps what is gone in the diagram, with all that was in it', async () => {
  const marked = markChanges(await diagramOf(star(2)), await diagramOf(star(1)));
  expect(groupsOf(marked)).toContain('removed spoke-2: SPIRE server, web-spoke-2');
  expect(marked.groups.find(({ name }) => name === 'spoke-2')?.nodes.map(({ change }) => change)).toEqual([
    'removed',
    'removed',
  ]);
  expect(edgesOf(marked)).toEqual(
    expect.arrayContaining([
      'removed server hub federation server spoke-2',
      'removed workload web-spoke-2 remote-call gateway hub',
    ]),
  );
});

test('marks what stays under another trust domain or address as changed', async () => {
  const marked = markChanges(
    await diagramOf(PAIR),
    await diagramOf(PAIR.replace('east.test', 'orient.test').replace('192.0.2.21', '192.0.2.22')),
  );
  expect(groupsOf(marked)).toContain('changed east: SPIRE server, greeter');
  const west = marked.groups.find(({ name }) => name === 'west');
  expect(west?.nodes.map(({ kind, change }) => `${kind} ${change}`)).toContain('gateway changed');
  expect(renderLegend(marked)[0]).toContain('+ is new, − is gone, ± changes');
});

test('cuts out a cluster with those it is linked with, and the calls that pass between them', async () => {
  const cut = neighbourhood(await diagramOf(EVERY_WAY), ['east']);
  expect(groupsOf(cut)).toEqual(['east: SPIRE server, end', 'west: SPIRE server, gateway 192.0.2.21, a--b']);
  expect(edgesOf(cut)).toEqual([
    'server east federation server west',
    'workload end remote-call gateway west',
    'gateway west call workload a--b',
  ]);
});
