/** What explanations know about the fleet file. */
import { PAIR, resolveText } from '../resolved';

const TEXT = `fleet: shop
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 }, serverApi: { address: 192.0.2.11, root: trust/nested.pem } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
  below: { trustDomain: east.test, nestedUnder: east }
federation:
  - between: [east, west]
`;

test('names the place that declares each direction of trust, the calls of each workload, and who federates for whom', async () => {
  const { fleet, problems } = await resolveText(TEXT);
  expect(problems.map(({ code }) => code)).toEqual([]);
  const { trust, nestedUnder } = fleet!.declarations;
  expect(trust.get('east')?.get('west')).toEqual(['federation', 0, 'between', 1]);
  expect(trust.get('west')?.get('east')).toEqual(['federation', 0, 'between', 1]);
  expect(trust.get('below')).toBeUndefined();
  expect([...nestedUnder]).toEqual([['below', 'east']]);
  const pair = await resolveText(PAIR);
  expect(pair.fleet?.declarations.calls.get('greeter')).toEqual(['bookinfo']);
});
