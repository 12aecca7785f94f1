import { type IdentityChanges, identityChanges } from '../../lib/review/identities';
import { lone, resolveText } from '../resolved';

/** Changes between two fleets of these SPIFFE IDs by workload. */
async function between(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<IdentityChanges> {
  const [base, target] = await Promise.all(
    [before, after].map(async (ids) => {
      const workloads = Object.entries(ids).map(
        ([name, id]) => `${name}: { cluster: east, image: "a:1.0", port: 80, spiffeId: ${id} }`,
      );
      return (await resolveText(lone('', workloads.join(', ')))).fleet!;
    }),
  );
  return identityChanges(base!, target!);
}

const [a, b] = ['spiffe://east.test/a', 'spiffe://east.test/b'];

test('lists SPIFFE IDs that another workload gets, from a workload that is removed or changes its ID', async () => {
  expect((await between({ ape: '/a' }, { bee: '/a' })).handedOver).toEqual([{ spiffeId: a, from: 'ape', to: 'bee' }]);
  expect((await between({ ape: '/a', bee: '/b' }, { ape: '/b', bee: '/a' })).handedOver).toEqual([
    { spiffeId: b, from: 'bee', to: 'ape' },
    { spiffeId: a, from: 'ape', to: 'bee' },
  ]);
  expect((await between({ ape: '/a', bee: '/b' }, { bee: '/a' })).handedOver).toEqual([
    { spiffeId: a, from: 'ape', to: 'bee' },
  ]);
});

test('lists none if no workload gets the ID of another', async () => {
  expect((await between({ ape: '/a' }, { ape: '/b' })).handedOver).toEqual([]);
  expect((await between({ ape: '/a' }, { ape: '/a', bee: '/b' })).handedOver).toEqual([]);
});
