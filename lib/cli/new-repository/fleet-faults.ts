/** Checks the fleet of a new repository before its file is written. */
import { loadFleetText, type TrustFile } from '../../fleet/load';
import { resolve } from '../../model/resolve';
import { ownCommand } from '../../problems/commands';
import { messageOf } from '../../problems/messages';
import type { FleetPath, Problem } from '../../problems/problem';
import { type NewFleet, renderFleetFile } from './fleet-file';

/**
 * Each fault with its hint, without a position because the file does not exist yet.
 * A missing root is not a fault: the next step creates it. Undefined if there are no faults.
 */
export function faultsOf(fleet: NewFleet, now: Date): string | undefined {
  const readTrustFile = (): TrustFile => ({ missing: true });
  const loaded = loadFleetText(renderFleetFile(fleet), 'fleet.yaml', readTrustFile);
  const found = loaded.fleet === undefined ? loaded.problems : resolve(loaded.fleet, { readTrustFile, now }).problems;
  const errors = found.filter(({ severity, code }) => severity === 'error' && code !== 'file-missing');
  // Addresses derive from the trust domain, so a fault of the trust domain would be reported several times.
  const faults = [...new Set(errors.map(faultText))];
  return faults.length === 0 ? undefined : `${faults.join('\n')}\nnothing was written`;
}

function faultText(found: Problem): string {
  const { sentence, hint } = messageOf(found, pathText, (words) => ownCommand(words, { fleet: 'fleet.yaml' }));
  const where = 'path' in found.place ? pathText(found.place.path) : '';
  return `${where === '' ? '' : `${where}: `}${sentence}\n  hint: ${hint}`;
}

/** Quotes a step that has unusual characters, such as an invalid name of a cluster. */
function pathText(path: FleetPath): string {
  return path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(step))).join('.');
}
