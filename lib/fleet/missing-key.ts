/** The problem of a map that lacks a key. */
import { type FleetPath, type Problem, problemAt } from '../problems/problem';
import { exampleAt } from './schema-example';

/**
 * A problem at the map that lacks a key. Its hint shows an example of the value, from the schema.
 * @param of names the map, such as `a cluster`
 */
export function missingKey(path: FleetPath, key: string, of: string): Problem {
  return problemAt(path, 'missing-key', { key, of, example: exampleAt([...path, key]) });
}
