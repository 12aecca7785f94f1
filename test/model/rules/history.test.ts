import type { Resolution } from '../../../lib/model/resolve';
import { trialCa } from '../../resolved';
import { NOW } from '../../support';
import { makeTrialCa } from '../../trial-ca';
import { certificate } from '../trust/certificates';
import { after, bundleOf, EAST, LINK, lockOf, pair, pinned, resolveFleet, WEST, type Written } from './history';

const findings = ({ problems }: Resolution) =>
  problems.map(({ severity, code, place }) => [severity, code, 'path' in place ? place.path.join('.') : '']);

test('reports nothing when nothing changed', async () => {
  expect(findings(await after(pair(), pair()))).toEqual([]);
});

test('reports nothing for a new cluster', async () => {
  expect(findings(await after({ clusters: { east: EAST } }, pair()))).toEqual([]);
});

test('refuses a trust domain that was renamed, until the fleet says that it is meant', async () => {
  const renamed = { ...EAST, trustDomain: 'new.test' };
  expect(findings(await after(pair(), pair(renamed)))).toEqual([
    ['error', 'trust-domain-renamed', 'clusters.east.trustDomain'],
  ]);
  expect(findings(await after(pair(), pair({ ...renamed, formerTrustDomain: 'east.test' })))).toEqual([]);
  expect(findings(await after(pair(), pair({ ...renamed, formerTrustDomain: 'old.test' })))).toEqual([
    ['error', 'trust-domain-renamed', 'clusters.east.trustDomain'],
  ]);
});

test('refuses to skip a minor version of SPIRE, and accepts one step', async () => {
  const at = (spire: string): Written => ({ clusters: { east: EAST }, versions: { spire } });
  expect(findings(await after(at('1.13.3'), at('1.15.3')))).toEqual([
    ['error', 'spire-version-jump', 'versions.spire'],
  ]);
  expect(findings(await after(at('1.14.6'), at('1.15.3')))).toEqual([]);
});

test.each(['1.99.0', '1.5.0'])('says of SPIRE %s only that it is not supported', async (spire) => {
  const at = (version: string): Written => ({ clusters: { east: EAST }, versions: { spire: version } });
  expect(findings(await after(at('1.13.3'), at(spire)))).toEqual([['error', 'unsupported-version', 'versions.spire']]);
});

test('warns of a way back in which the server could come before its agents', async () => {
  const at = (spire: string, agent: string): Written => ({ clusters: { east: EAST }, versions: { spire, agent } });
  expect(findings(await after(at('1.15.3', '1.15.3'), at('1.14.6', '1.14.6')))).toEqual([
    ['warning', 'spire-downgrade', 'versions.spire'],
  ]);
  expect(findings(await after(at('1.15.3', '1.14.6'), at('1.14.6', '1.14.6')))).toEqual([]);
});

const istioAt = (istio: string): Written => ({ clusters: { east: EAST }, versions: { istio } });
const WITHOUT_ISTIO: Written = { clusters: { east: { ...EAST, istio: { dataplane: 'none' } } } };

type Found = readonly (readonly [severity: string, code: string])[];

test.each<readonly [string, string, string, Found]>([
  ['refuses to skip a minor version of Istio', '1.29.2', '1.31.4', [['error', 'istio-version-jump']]],
  ['refuses to skip many', '1.24.0', '1.31.4', [['error', 'istio-version-jump']]],
  ['takes one step up', '1.30.0', '1.31.4', []],
  ['takes another patch, up or down', '1.31.4', '1.31.1', []],
  ['warns of one step back', '1.31.4', '1.30.0', [['warning', 'istio-downgrade']]],
  ['says only that a version is not supported', '1.31.4', '1.40.0', [['error', 'unsupported-version']]],
  ['says only that a version is not supported', '1.31.4', '1.20.0', [['error', 'unsupported-version']]],
  ['refuses two steps back', '1.31.4', '1.29.2', [['error', 'istio-downgrade']]],
])('%s: %s to %s', async (_, from, to, expected) => {
  const found = findings(await after(istioAt(from), istioAt(to)));
  expect(found.map((finding) => finding.slice(0, 2))).toEqual(expected);
  for (const [, , place] of found) expect(place).toBe('versions.istio');
});

test('remembers no Istio where there was none, and in locks of earlier releases', async () => {
  expect(findings(await after(WITHOUT_ISTIO, istioAt('1.31.4')))).toEqual([]);
  expect(findings(await after(istioAt('1.28.0'), WITHOUT_ISTIO))).toEqual([]);
  const { istio: _, ...east } = lockOf(await resolveFleet(istioAt('1.28.0'))).east!;
  expect(findings(await resolveFleet(istioAt('1.31.4'), { east }))).toEqual([]);
});

test('lets a waiver take two steps of Istio at once', async () => {
  const waivers = [{ rule: 'istio-version-jump', at: 'versions.istio', because: 'the cluster is empty' }];
  expect(findings(await after(istioAt('1.29.2'), { ...istioAt('1.31.4'), waivers }))).toEqual([
    ['warning', 'istio-version-jump', 'versions.istio'],
  ]);
});

test('refuses to move the server to another namespace', async () => {
  const shared = pair(EAST, { spire: { namespaces: 'shared' } });
  const found = findings(await after(pair(), shared));
  expect(found).toEqual([['error', 'server-moved', 'spire.namespaces']]);
});

test.each([
  ['size', { size: '5Gi' }],
  ['class', { storageClass: 'fast' }],
])('refuses another %s of the volume', async (_, storage) => {
  const changed = pair({ ...EAST, spire: { storage } });
  expect(findings(await after(pair(), changed))).toEqual([['error', 'volume-changed', 'clusters.east.spire.storage']]);
});

const DATABASE = { host: 'db.test', database: 'spire', user: 'spire', tls: { mode: 'require' } };
const served = (server: object) => pair({ ...EAST, spire: { server } });

test('refuses another datastore, unless the fleet names the one before', async () => {
  const datastore = { postgres: DATABASE };
  const at = 'clusters.east.spire.server.datastore';
  expect(findings(await after(pair(), served({ datastore })))).toEqual([['error', 'datastore-changed', at]]);
  expect(findings(await after(pair(), served({ datastore, formerDatastore: 'mysql' })))).toEqual([
    ['error', 'datastore-changed', at],
  ]);
  expect(findings(await after(pair(), served({ datastore, formerDatastore: 'sqlite' })))).toEqual([]);
  expect(findings(await after(served({ datastore }), served({ datastore })))).toEqual([]);
  expect(findings(await after(served({ datastore }), pair()))).toEqual([
    ['error', 'datastore-changed', 'clusters.east'],
  ]);
});

test('refuses to take away or to add the volume with the key manager, unless the fleet names the one before', async () => {
  const datastore = { postgres: DATABASE };
  const [onDisk, inMemory] = [served({ datastore }), served({ datastore, keyManager: 'memory' })];
  const at = 'clusters.east.spire.server.keyManager';
  expect(findings(await after(onDisk, inMemory))).toEqual([['error', 'key-manager-changed', at]]);
  expect(findings(await after(inMemory, onDisk))).toEqual([['error', 'key-manager-changed', 'clusters.east']]);
  const declared = served({ datastore, keyManager: 'memory', formerKeyManager: 'disk' });
  expect(findings(await after(onDisk, declared))).toEqual([]);
  expect(findings(await after(inMemory, inMemory))).toEqual([]);
});

test('reports a volume that is removed with the datastore only once', async () => {
  const moved = { datastore: { postgres: DATABASE }, keyManager: 'memory' };
  expect(findings(await after(pair(), served(moved)))).toEqual([
    ['error', 'datastore-changed', 'clusters.east.spire.server.datastore'],
  ]);
  expect(findings(await after(pair(), served({ ...moved, formerDatastore: 'sqlite' })))).toEqual([]);
});

test('lets a waiver turn a refusal into a warning', async () => {
  const waivers = [{ rule: 'volume-changed', at: 'clusters.east', because: 'the set was replaced by hand' }];
  const changed = pair({ ...EAST, spire: { storage: { size: '5Gi' } } }, { waivers });
  const { fleet, ...rest } = await after(pair(), changed);
  expect(findings({ fleet, ...rest })).toEqual([['warning', 'volume-changed', 'clusters.east.spire.storage']]);
  expect(fleet?.waivers).toEqual(waivers);
});

test('warns on both sides of a federation that vanished, and not of one that is declared over', async () => {
  const apart = { clusters: { east: EAST, west: WEST } };
  expect(findings(await after(pair(), apart))).toEqual([
    ['warning', 'federation-ended', 'clusters.east'],
    ['warning', 'federation-ended', 'clusters.west'],
  ]);
  const over = { ...apart, federation: [{ ...LINK[0], ended: true }] };
  expect(findings(await after(pair(), over))).toEqual([]);
});

test('warns of a removed cluster that others still trust', async () => {
  expect(findings(await after(pair(), { clusters: { east: EAST } }))).toEqual([
    ['warning', 'cluster-removed', 'clusters'],
    ['warning', 'federation-ended', 'clusters.east'],
  ]);
});

describe('a pinned bundle', () => {
  test('is ignored by the peer when its certificates change and its URL does not', async () => {
    const before = await resolveFleet(pinned('192.0.2.20'), undefined, { 'west.json': await bundleOf('west.test') });
    const previous = lockOf(before);
    const changed = { west: { ...previous.east!.peers.west!, authorities: 'AA:BB' } };
    const now = await resolveFleet(
      pinned('192.0.2.20'),
      { ...previous, east: { ...previous.east!, peers: changed } },
      { 'west.json': await bundleOf('west.test') },
    );
    expect(findings(now)).toEqual([['warning', 'pin-ignored', 'clusters.west.trust.bundle']]);
  });

  test('is not ignored when the profile changes too', async () => {
    const pins = { 'west.json': await bundleOf('west.test') };
    const previous = lockOf(await resolveFleet(pinned('192.0.2.20'), undefined, pins));
    const before = { ...previous.east!.peers.west!, authorities: 'AA:BB', profile: 'https_web' };
    const now = await resolveFleet(
      pinned('192.0.2.20'),
      { ...previous, east: { ...previous.east!, peers: { west: before } } },
      pins,
    );
    expect(findings(now)).toEqual([['warning', 'pin-overwrites', 'clusters.west.bundleEndpoint']]);
    expect(now.problems[0]?.facts).toEqual({ cluster: 'west', peer: 'east', changed: 'profile' });
  });

  test('replaces what the peer has polled when the URL changes', async () => {
    const pins = { 'west.json': await bundleOf('west.test') };
    expect(findings(await after(pinned('192.0.2.20'), pinned('192.0.2.21'), pins))).toEqual([
      ['warning', 'pin-overwrites', 'clusters.west.bundleEndpoint'],
    ]);
  });
});

test('refuses to replace all roots, and accepts a new root in addition to the old one', async () => {
  const [east, other] = [(await trialCa('east.test')).root, (await makeTrialCa('east.test', NOW)).root];
  const path = 'trust/east.test.pem';
  const before = lockOf(await resolveFleet(pair(), undefined, { [path]: east }));
  const changed = (pem: string) => resolveFleet(pair(), before, { [path]: pem });
  expect(findings(await changed(other))).toEqual([['error', 'root-replaced', 'clusters.east']]);
  expect(findings(await changed(`${east}${other}`))).toEqual([]);
  // A root that is refused already is one fault.
  const ofWest = (await trialCa('west.test')).root;
  const anonymous = await certificate();
  expect(findings(await changed(ofWest))).toEqual([['error', 'foreign-root', 'clusters.east']]);
  const shared = { 'trust/east.test.pem': anonymous, 'trust/west.test.pem': `${ofWest}${anonymous}` };
  expect(findings(await resolveFleet(pair(), before, shared))).toEqual([['error', 'shared-root', 'clusters.west']]);
  const both = lockOf(await changed(`${east}${other}`));
  expect(findings(await resolveFleet(pair(), both, { [path]: other }))).toEqual([]);
});
