/** Writes fleet.schema.json from the fleet schema; a test holds the two equal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFleetJsonSchema } from '../lib/fleet/json-schema';

writeFileSync(join(__dirname, '..', 'fleet.schema.json'), renderFleetJsonSchema());
