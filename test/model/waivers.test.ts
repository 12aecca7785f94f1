import { codesOf } from '../reported';
import { resolveText } from '../resolved';

const fleet = (at: string): string => `
fleet: f
clusters:
  east: { trustDomain: east.test, kubelet: { verification: false } }
  west: { trustDomain: west.test, kubelet: { verification: false } }
waivers:
  - { rule: kubelet-unverified, at: "${at}", because: until the nodes are replaced }`;

test('keeps a warning quiet at the place that is waived, and at no other', async () => {
  const { problems } = await resolveText(fleet('clusters.east'));
  expect(problems).toMatchObject([
    { code: 'kubelet-unverified', place: { path: ['clusters', 'west', 'kubelet', 'verification'] } },
  ]);
});

test('covers everything below its place', async () => {
  expect((await resolveText(fleet('clusters'))).problems).toEqual([]);
});

test('does not take a name for the beginning of another', async () => {
  expect([...codesOf((await resolveText(fleet('clusters.eas'))).problems)].sort()).toEqual([
    'kubelet-unverified',
    'kubelet-unverified',
    'waiver-unused',
  ]);
});

test('is in the resolved fleet with its reason', async () => {
  const { fleet: resolved } = await resolveText(fleet('clusters'));
  expect(resolved?.waivers).toEqual([
    { rule: 'kubelet-unverified', at: 'clusters', because: 'until the nodes are replaced' },
  ]);
});

test('is there even if it has no effect now, so that the output does not depend on the date or the previous output', async () => {
  const atRest = fleet('clusters.east').replace('kubelet-unverified', 'spire-version-jump');
  const { fleet: resolved, problems } = await resolveText(atRest);
  expect(codesOf(problems)).toContain('waiver-unused');
  expect(resolved?.waivers).toMatchObject([{ rule: 'spire-version-jump' }]);
});
