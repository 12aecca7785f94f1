import { checkCluster } from '../../lib/checks/check-cluster';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { renderApplySteps } from '../../lib/pages/apply-steps';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderFederations } from '../../lib/pages/federation-table';
import { renderTopology } from '../../lib/pages/fleet-flowchart';
import { partnerPages } from '../../lib/pages/partner-pages';
import { damaged, edit, type Mutable } from '../checks/damage';
import { clustersOf, NESTED, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const reasonsAfter = (
  cluster: ResolvedCluster,
  kind: string,
  name: string,
  change: (object: Mutable) => void,
): readonly string[] => checkCluster(cluster, damaged(cluster, kind, name, edit(change))).map(({ reason }) => reason);

const setAgent = (from: string, to: string) => (object: Mutable) => {
  object.data['agent.conf'] = object.data['agent.conf'].replace(from, to);
};

test.each<[string, string, string, (object: Mutable) => void, RegExp]>([
  [
    'an agent that asks another server',
    'ConfigMap',
    'spire-upstream-agent',
    setAgent('192.0.2.12', '192.0.2.13'),
    /address of the server above disagrees/,
  ],
  [
    'an agent that asks at another port',
    'ConfigMap',
    'spire-upstream-agent',
    setAgent('8081', '8082'),
    /port of the server above disagrees/,
  ],
  [
    'an agent of another trust domain',
    'ConfigMap',
    'spire-upstream-agent',
    setAgent('"east.test"', '"west.test"'),
    /trust domain disagrees/,
  ],
  [
    'a socket that the server does not look at',
    'ConfigMap',
    'spire-upstream-agent',
    setAgent('upstream-socket/socket', 'upstream-socket/other'),
    /socket of the agent beside the server disagrees/,
  ],
  [
    'processes that are not shared',
    'StatefulSet',
    'spire-server',
    (o) => delete o.spec.template.spec.shareProcessNamespace,
    /cannot tell who asks it/,
  ],
  [
    'a folder of the socket that the server does not mount',
    'StatefulSet',
    'spire-server',
    (o) => {
      o.spec.template.spec.containers[0].volumeMounts = o.spec.template.spec.containers[0].volumeMounts.filter(
        ({ name }: { name: string }) => name !== 'upstream-socket',
      );
    },
    /volume of that socket disagrees/,
  ],
  [
    'a way to the server above that is closed',
    'NetworkPolicy',
    'spire-upstream-agent',
    (o) => {
      o.spec.egress[0].ports[0].port = 1;
    },
    /may not dial the server of east/,
  ],
])('finds, in a nested cluster, %s', async (_what, kind, name, change, reason) => {
  const { west } = await clustersOf(NESTED);
  expect(reasonsAfter(west!, kind, name, change)).toContainEqual(expect.stringMatching(reason));
});

test.each<[string, string, string, (object: Mutable) => void, RegExp]>([
  [
    'an entry that is not downstream',
    'ClusterStaticEntry',
    'nested-west',
    (o) => delete o.spec.downstream,
    /signs for nobody by the name/,
  ],
  [
    'an entry of another agent',
    'ClusterStaticEntry',
    'nested-west',
    (o) => {
      o.spec.parentID = 'spiffe://east.test/spire/agent/x509pop/north';
    },
    /is of .*north, not of/,
  ],
  [
    'a workload that is downstream',
    'ClusterSPIFFEID',
    'workload-ape',
    (o) => {
      o.spec.downstream = true;
    },
    /a SPIRE server, and no cluster is nested/,
  ],
])('finds, in the cluster above, %s', async (_what, kind, name, change, reason) => {
  const { east } = await clustersOf(NESTED);
  expect(reasonsAfter(east!, kind, name, change)).toContainEqual(expect.stringMatching(reason));
});

test('applies the upstream cluster before the nested cluster, independent of their names', async () => {
  const { fleet } = await resolveText(
    NESTED.replaceAll('east:', 'zoo:')
      .replaceAll('nestedUnder: east', 'nestedUnder: zoo')
      .replace('[east, north]', '[zoo, north]')
      .replaceAll('cluster: east', 'cluster: zoo'),
  );
  const steps = renderApplySteps(fleet!, () => [], DEFAULT_PATHS);
  expect([...steps.matchAll(/^### (.*)$/gm)].map(([, name]) => name)).toEqual(['north', 'zoo', 'west']);
});

const WITH_PARTNER = NESTED.replace('[east, north]', '[east, north, bank]').replace(
  'federation:',
  'partners:\n  bank: { trustDomain: bank.test, trust: { root: trust/bank.test.pem }, bundleEndpoint: { url: "https://bank.test:8443/" } }\n$&',
);

test('tells a partner of a trust domain once, and lists it once among the federations', async () => {
  const { fleet } = await resolveText(WITH_PARTNER, { 'trust/bank.test.pem': (await trialCa('bank.test')).root });
  expect(fleet!.partners[0]!.clusters).toEqual(['east', 'north', 'west']);
  const [page] = partnerPages(fleet!);
  expect([...page!.text.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual(['east', 'north']);
  const rows = renderFederations(fleet!).filter((row) => row.includes('east.test'));
  expect(rows).toEqual([expect.stringContaining('| bank, north |')]);
});

test('has a nested cluster follow when the root of the trust domain is replaced, and take its CA from above', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(NESTED, { 'trust/east.test.pem': both });
  const steps = renderChanges(fleet!, DEFAULT_PATHS).join('\n');
  expect(steps.match(/from one root to the next/g)).toHaveLength(1);
  expect(steps).toContain('Apply the folder of west, which is nested under east.');
  expect(steps).toMatch(
    /server of west request a CA of the new root[\s\S]*--context west exec [^\n]* localauthority x509 prepare/,
  );
  expect(steps).not.toContain('undefined');
});

test('draws who signs for whom', async () => {
  const { fleet } = await resolveText(NESTED);
  expect(renderTopology(fleet!).join('\n')).toContain('server__east -->|"signs for"| server__west');
});
