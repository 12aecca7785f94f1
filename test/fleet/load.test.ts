import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFleet } from '../../lib/fleet/load';
import { codesOf } from '../reported';
import { fleetFile } from '../support';

const FLEET = 'fleet: small\nclusters: { east: { trustDomain: east.test } }\n';
const folder = (): string => mkdtempSync(join(tmpdir(), 'cdk8s-spire-load-'));

test('loads a fleet from its file', () => {
  expect(loadFleet(fleetFile(FLEET))).toMatchObject({ fleet: { fleet: 'small' }, problems: [] });
});

test('reads trust files relative to the folder of the fleet file', () => {
  const home = folder();
  mkdirSync(join(home, 'trust'));
  writeFileSync(join(home, 'trust', 'east.pem'), 'PEM');
  expect(loadFleet(fleetFile(FLEET, home)).readTrustFile('trust/east.pem', [])).toEqual({ text: 'PEM' });
});

test('says that a trust file is missing without making it a problem of its own', () => {
  expect(loadFleet(fleetFile(FLEET)).readTrustFile('trust/east.pem', [])).toEqual({ missing: true });
});

test('fails when the fleet file does not exist', () => {
  expect(codesOf(loadFleet(join(folder(), 'fleet.yaml')).problems)).toEqual(['file-missing']);
});

test('fails when the fleet file is a folder', () => {
  expect(loadFleet(folder()).problems).toMatchObject([
    { code: 'file-unreadable', facts: { reason: 'it is a directory' } },
  ]);
});

test('fails on a fleet file above the limit without reading it', () => {
  const file = fleetFile(FLEET);
  truncateSync(file, 4 * 1024 * 1024 + 1);
  expect(codesOf(loadFleet(file).problems)).toEqual(['file-too-large']);
});

test('names the first byte that is not UTF-8', () => {
  const file = join(folder(), 'fleet.yaml');
  writeFileSync(file, Buffer.concat([Buffer.from('fleet: é'), Buffer.from([0xff]), Buffer.from('\n')]));
  expect(loadFleet(file).problems).toMatchObject([{ code: 'not-utf8', facts: { offset: 9 } }]);
});

test('fails when a trust file is a folder, at the place that names it', () => {
  const home = folder();
  mkdirSync(join(home, 'trust'));
  expect(loadFleet(fleetFile(FLEET, home)).readTrustFile('trust', ['clusters', 'east', 'trust', 'root'])).toMatchObject(
    {
      problem: { code: 'file-unreadable', place: { path: ['clusters', 'east', 'trust', 'root'] } },
    },
  );
});
