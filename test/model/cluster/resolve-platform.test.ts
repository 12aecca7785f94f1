import { PLATFORMS } from '../../../lib/platforms/catalog';
import { messageOf } from '../../../lib/problems/messages';
import { lone, loneCluster, PAIR, resolveText } from '../../resolved';

const DEFAULT = { directory: '/var/lib/kubelet', address: 'hostIP', verification: true };

/** With keys at the top of the fleet file. */
const atTop = (fleet: string, keys: string): string =>
  fleet.replace('{ fleet: lone,', `{ fleet: lone, ${keys}${keys && ','}`);

/** What a platform decides of the cluster `east`, with more keys of it. */
async function decided(keys: string) {
  const { kubelet, spire } = await loneCluster(keys);
  return { kubelet, apiServerPorts: spire.apiServerPorts, dnsPorts: spire.dnsPorts };
}

test('uses the default platform if the fleet sets none', async () => {
  const expected = { kubelet: DEFAULT, apiServerPorts: [443, 6443], dnsPorts: [53, 5353, 8053] };
  expect(await decided('')).toEqual(expected);
  expect(await decided('platform: kubernetes')).toEqual(expected);
});

test('uses the values of the platform, and defaults for the rest', async () => {
  expect(await decided('platform: microk8s')).toEqual({
    kubelet: { ...DEFAULT, directory: '/var/snap/microk8s/common/var/lib/kubelet' },
    apiServerPorts: [16443],
    dnsPorts: [53, 5353, 8053],
  });
  expect(await decided('platform: openshift')).toMatchObject({ kubelet: { address: 'nodeName' }, dnsPorts: [5353] });
});

test('lets what a cluster writes win over its platform, key by key', async () => {
  const keys = 'platform: microk8s, kubelet: { directory: /data/kubelet }, spire: { apiServerPorts: [6443] }';
  expect(await decided(keys)).toMatchObject({
    kubelet: { ...DEFAULT, directory: '/data/kubelet' },
    apiServerPorts: [6443],
  });
});

test('lets the platform of a cluster win over that of the fleet, and what the fleet writes win over both', async () => {
  const { fleet } = await resolveText(atTop(lone('platform: microk8s'), 'platform: k0s, spire: { dnsPorts: [10053] }'));
  expect(fleet?.clusters[0]).toMatchObject({
    kubelet: { directory: '/var/snap/microk8s/common/var/lib/kubelet' },
    spire: { dnsPorts: [10053], apiServerPorts: [16443] },
  });
  const { fleet: shared } = await resolveText(atTop(lone(''), 'platform: k0s'));
  expect(shared?.clusters[0]).toMatchObject({ kubelet: { directory: '/var/lib/k0s/kubelet' } });
});

test.each([
  ['platform: kind', '', ['clusters', 'east', 'platform'], 'write kubelet: { verification: true }'],
  ['', 'platform: kind', ['platform'], 'write kubelet: { verification: true }'],
  [
    'platform: kind, kubelet: { verification: false }',
    '',
    ['clusters', 'east', 'kubelet', 'verification'],
    'remove verification: false',
  ],
])('warns of kubelets that are not verified at the key that decides it: { %s } %s', async (keys, top, path, advice) => {
  const { problems } = await resolveText(atTop(lone(keys), top));
  expect(problems).toMatchObject([{ code: 'kubelet-unverified', place: { path } }]);
  expect(problems.map((problem) => messageOf(problem, String, String).hint)).toEqual([expect.stringContaining(advice)]);
});

test('warns of no platform but those whose kubelets have self-signed certificates', async () => {
  for (const { name } of PLATFORMS) {
    const { problems } = await resolveText(lone(`platform: ${name}`));
    expect(problems.map(({ code }) => code)).toEqual(name === 'kind' ? ['kubelet-unverified'] : []);
  }
});

test('warns no more where a cluster of such a platform verifies its kubelets all the same', async () => {
  const { problems } = await resolveText(lone('platform: kind, kubelet: { verification: true }'));
  expect(problems).toEqual([]);
});

test('warns once of a platform that is written once for several clusters', async () => {
  const { problems } = await resolveText(`platform: kind\n${PAIR.trim()}\n`);
  expect(problems.map(({ place }) => place)).toMatchObject([{ path: ['platform'] }]);
});
