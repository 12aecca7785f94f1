/** Checks the fleet of a new repository before its file exists. */
import { loadFleetText, type TrustFile } from '../../fleet/load';
import { resolve } from '../../model/resolve';
import { ownCommand } from '../../problems/commands';
import { messageOf } from '../../problems/messages';
import type { FleetPath, Problem } from '../../problems/problem';
import { type NewFleet, renderFleetFile } from './fleet-file';

/**
 * Each fault with its hint, and without a position, since nobody could look there.
 * Roots are made next, so none is missing. Undefined where nothing is wrong.
 */
export function faultsOf(fleet: NewFleet, now: Date): string | undefined {
  const readTrustFile = (): TrustFile => ({ missing: true });
  const loaded = loadFleetText(renderFleetFile(fleet), 'fleet.yaml', readTrustFile);
  const found = loaded.fleet === undefined ? loaded.problems : resolve(loaded.fleet, { readTrustFile, now }).problems;
  const errors = found.filter(({ severity, code }) => severity === 'error' && code !== 'file-missing');
  // Addresses derive from the trust domain, so a fault of the trust domain would be reported several times.
  const told = [...new Set(errors.map(faultText))];
  return told.length === 0 ? undefined : `${told.join('\n')}\nnothing was written`;
}

function faultText(found: Problem): string {
  const { sentence, hint } = messageOf(found, pathText, (words) => ownCommand(words, { fleet: 'fleet.yaml' }));
  const where = 'path' in found.place ? pathText(found.place.path) : '';
  return `${where === '' ? '' : `${where}: `}${sentence}\n  hint: ${hint}`;
}

/** Names of clusters are in quotes where a person may have written anything. */
function pathText(path: FleetPath): string {
  return path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(step))).join('.');
}
