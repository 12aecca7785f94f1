/** A process that only loads and resolves a fleet. */
import { loadFleet } from '../lib/fleet/load';
import { resolve } from '../lib/model/resolve';

const { fleet, readTrustFile } = loadFleet('fleet.yaml');
const resolved = fleet && resolve(fleet, { readTrustFile, now: new Date() }).fleet;
if (resolved === undefined) throw new Error('the fleet of the bench has a fault');
process.stdout.write(String(resolved.clusters.length));
