/** Publishes the fleet schema as JSON Schema, so that editors complete and check fleet files. */
import * as z from 'zod';
import { fleetSchema } from './schema';

/** JSON Schema (draft 2020-12) of a fleet file, ending in a line end; equal to the committed `fleet.schema.json`. */
export function renderFleetJsonSchema(): string {
  const schema = z.toJSONSchema(fleetSchema, { io: 'input', reused: 'inline' });
  return `${JSON.stringify({ title: 'cdk8s-spire fleet', ...schema }, undefined, 2)}\n`;
}
