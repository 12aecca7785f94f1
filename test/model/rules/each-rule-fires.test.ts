/** Each rule of a fleet reports something: on a fleet of fixtures/bad, or on one of the fleets below. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resolution } from '../../../lib/model/resolve';
import { RULES } from '../../../lib/model/rules/catalog';
import type { ProblemCode } from '../../../lib/problems/problem';
import { codesOf } from '../../reported';
import { trialCa } from '../../resolved';
import { NOW, privateKeyMark } from '../../support';
import { makeTrialCa } from '../../trial-ca';
import { after, bundleOf, EAST, lockOf, pair, pinned, resolveFleet, WEST, type Written } from './history';

const FOLDER = join(__dirname, '../../fixtures/bad');

/** What test/bad-fleets.test.ts finds, and nothing else. */
const IN_FIXTURES: ReadonlySet<string> = new Set(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => [
      ...readFileSync(join(FOLDER, name), 'utf8').matchAll(/^# (?:expect|warning): (\S+) \d+:\d+$/gm),
    ])
    .map(([, code]) => code!),
);

const versions = (written: Written): Written => ({ clusters: { east: EAST }, versions: written });

async function repinned(): Promise<Resolution> {
  const pins = { 'west.json': await bundleOf('west.test') };
  const previous = lockOf(await resolveFleet(pinned('192.0.2.20'), undefined, pins));
  const peers = { west: { ...previous.east!.peers.west!, authorities: 'AA:BB' } };
  return resolveFleet(pinned('192.0.2.20'), { ...previous, east: { ...previous.east!, peers } }, pins);
}

async function withAnotherRoot(): Promise<Resolution> {
  const root = (await makeTrialCa('east.test', NOW)).root;
  return resolveFleet(pair(), lockOf(await resolveFleet(pair())), { 'trust/east.test.pem': root });
}

/** Changes since the last synthesis, and fleets too large for a fixture. */
const OTHERS: Readonly<Partial<Record<ProblemCode, () => Promise<Resolution>>>> = {
  'cluster-removed': () => after(pair(), { clusters: { east: EAST } }),
  'federation-ended': () => after(pair(), { clusters: { east: EAST, west: WEST } }),
  'full-mesh-too-large': () => {
    const names = Array.from({ length: 21 }, (_, index) => `c${index}`);
    const web = (trustDomain: string, index: number): Written => ({
      trustDomain: `${trustDomain}.test`,
      bundleEndpoint: { address: `192.0.2.${index}`, profile: 'https_web', webCertificate: 'web' },
    });
    const clusters = Object.fromEntries(names.map((name, index) => [name, web(name, index + 1)]));
    return resolveFleet({ clusters, federation: [{ between: names }] });
  },
  'istio-downgrade': () => after(versions({ istio: '1.31.4' }), versions({ istio: '1.30.0' })),
  'istio-version-jump': () => after(versions({ istio: '1.29.2' }), versions({ istio: '1.31.4' })),
  'pin-ignored': repinned,
  'pin-overwrites': async () =>
    after(pinned('192.0.2.20'), pinned('192.0.2.21'), { 'west.json': await bundleOf('west.test') }),
  'private-key-in-file': async () => {
    const { root } = await trialCa('east.test');
    return resolveFleet({ clusters: { east: EAST } }, undefined, { 'trust/east.test.pem': root + privateKeyMark() });
  },
  'root-replaced': withAnotherRoot,
  'server-moved': () => after(pair(), pair(EAST, { spire: { namespaces: 'shared' } })),
  'spire-downgrade': () => after(versions({ spire: '1.15.3' }), versions({ spire: '1.14.6' })),
  'spire-version-jump': () => after(versions({ spire: '1.13.3' }), versions({ spire: '1.15.3' })),
  'trust-domain-renamed': () => after(pair(), pair({ ...EAST, trustDomain: 'new.test' })),
  'datastore-changed': () => after(pair(), pair({ ...EAST, spire: { server: { datastore: { postgres: DATABASE } } } })),
  'key-manager-changed': () => {
    const withKeys = (keyManager: string) =>
      pair({ ...EAST, spire: { server: { datastore: { postgres: DATABASE }, keyManager } } });
    return after(withKeys('disk'), withKeys('memory'));
  },
  'volume-changed': () => after(pair(), pair({ ...EAST, spire: { storage: { size: '5Gi' } } })),
};

const DATABASE = { host: 'db.test', database: 'spire', user: 'spire', tls: { mode: 'require' } };

test('has a fleet for each rule', () => {
  const rest = RULES.map(({ code }) => code).filter((code) => !IN_FIXTURES.has(code));
  expect(Object.keys(OTHERS).sort()).toEqual(rest.sort());
});

test.each(Object.entries(OTHERS))('reports %s', async (code, resolved) => {
  expect(codesOf((await resolved()).problems)).toContain(code);
});
