/** Fleets that are resolved after another one was synthesized. */
import { stringify } from 'yaml';
import { checkShape } from '../../../lib/fleet/check-shape';
import type { PreviousFleet } from '../../../lib/model/previous-fleet';
import { type Resolution, resolve } from '../../../lib/model/resolve';
import { readLock, renderLock } from '../../../lib/output/fleet-lock';
import { originOf } from '../../../lib/output/output-file';
import { trialCa } from '../../resolved';
import { NOW } from '../../support';

export type Written = Record<string, unknown>;

/** Texts of files that a fleet names, by path. */
export type Pins = Readonly<Record<string, string>>;

export const EAST: Written = { trustDomain: 'east.test', bundleEndpoint: { address: '192.0.2.10' } };
export const WEST: Written = { trustDomain: 'west.test', bundleEndpoint: { address: '192.0.2.20' } };
export const LINK = [{ between: ['east', 'west'] }];

/** `east` and `west`, federated. */
export const pair = (east: Written = EAST, rest: Written = {}): Written => ({
  clusters: { east, west: WEST },
  federation: LINK,
  ...rest,
});

/** Resolves a fleet after another one was synthesized. Roots exist for every trust domain. */
export async function after(before: Written, now: Written, pins: Pins = {}): Promise<Resolution> {
  return resolveFleet(now, lockOf(await resolveFleet(before, undefined, pins)), pins);
}

export async function resolveFleet(written: Written, previous?: PreviousFleet, pins: Pins = {}): Promise<Resolution> {
  const { fleet } = checkShape({ fleet: 'f', ...written });
  if (fleet === undefined) throw new Error(stringify(written));
  const roots = new Map<string, string>();
  for (const name of ['east', 'west', 'new', 'old']) {
    roots.set(`trust/${name}.test.pem`, (await trialCa(`${name}.test`)).root);
  }
  const readTrustFile = (path: string) => ({ text: pins[path] ?? roots.get(path) ?? '' });
  return resolve(fleet, { readTrustFile, now: NOW, previous });
}

/** What the next synthesis knows of a fleet. */
export function lockOf({ fleet }: Resolution): PreviousFleet {
  const read = readLock(renderLock(fleet!, originOf('fleet.yaml')));
  return 'fleet' in read ? read.fleet : {};
}

/** `west` pins its bundle and has its endpoint at this address. */
export const pinned = (address: string): Written => ({
  clusters: { east: EAST, west: { ...WEST, bundleEndpoint: { address }, trust: { bundle: 'west.json' } } },
  federation: LINK,
});

/** The text of a bundle that holds the root of the trust domain. */
export async function bundleOf(trustDomain: string): Promise<string> {
  const { fleet } = await resolveFleet({ clusters: { a: { trustDomain, bundleEndpoint: { address: '192.0.2.1' } } } });
  return fleet!.clusters[0]!.trust.bundle!.text;
}
