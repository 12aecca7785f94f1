import { explainCall } from '../../lib/explain/call';
import { tryFindCallEndpoint } from '../../lib/explain/call-endpoints';
import { differencesFrom } from '../../lib/explain/closest-rule';
import { IdentityRules } from '../../lib/explain/identity-rules';
import { podsOf } from '../../lib/explain/pods';
import type { ResolvedCluster } from '../../lib/model/resolved-fleet';
import { clustersOf, resolveText } from '../resolved';

const FLEET = `
fleet: shop
clusters:
  east: { trustDomain: east.test, gateway: { address: 192.0.2.21 } }
workloads:
  one: { cluster: east, pods: { labels: { team: shop, app: one } }, serviceAccount: one, namespace: shop, service: one, port: 80 }
  two: { cluster: east, pods: { labels: { team: shop, app: two } }, serviceAccount: two, namespace: shop, service: two, port: 80, calls: [one] }
  sample: { cluster: east, preset: bookinfo }
`;

let east: ResolvedCluster;
beforeAll(async () => {
  east = (await clustersOf(FLEET)).east as ResolvedCluster;
});

test('selects the rules that match a pod, in the order of the cluster', () => {
  const [pod] = podsOf(east);
  const stray = { ...(pod as NonNullable<typeof pod>), labels: { app: 'one', team: 'shop', constructor: 'x' } };
  for (const one of [...podsOf(east), stray, { ...stray, namespace: 'other' }, { ...stray, labels: {} }]) {
    const all = east.identities.filter((rule) => differencesFrom(rule, one).length === 0);
    expect(IdentityRules.of(east).selecting(one)).toEqual(all);
  }
});

test('returns the workload of a rule', () => {
  const names = east.identities.map((rule) => IdentityRules.of(east).workloadOf(rule)?.name);
  expect(names.filter((name) => name !== undefined).sort()).toEqual(['one', 'sample', 'two']);
});

test('explains the pods of a workload once, however many calls it is part of', async () => {
  const { fleet } = await resolveText(FLEET);
  if (fleet === undefined) throw new Error('the fleet has a fault');
  const selecting = jest.spyOn(IdentityRules.prototype, 'selecting');
  const [one, two] = ['one', 'two'].map((name) => tryFindCallEndpoint(fleet, name));
  if (one === undefined || two === undefined) throw new Error('a workload is missing');
  for (let call = 0; call < 3; call++) {
    explainCall(fleet, one, two);
    explainCall(fleet, two, one);
  }
  expect(selecting).toHaveBeenCalledTimes(2);
});
