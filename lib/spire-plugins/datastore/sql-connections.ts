/** Limits of the connections to a database, which SPIRE applies to every kind of database. */
import * as z from 'zod';
import { goDuration, seconds } from '../../formats/duration';
import { duration } from '../../formats/formats';
import { text } from '../../formats/schema-kit';

/** Settings of a fleet. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_datastore_sql.md */
export const connections = z
  .strictObject({
    maxOpen: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        'Most open connections of one server. A database needs room for those of all its servers. Default: 100.',
      )
      .meta({ default: 100 }),
    maxIdle: z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe('Most idle connections of one server. Default: 100.')
      .meta({ default: 100 }),
    maxLifetime: text(
      duration,
      'Longest life of a connection. Without it, a connection stays open as long as it works. At least 1s.',
      '30m',
    ).optional(),
  })
  .describe('Limits of the connections of one server.');

/** The limits in the words of SPIRE. Those that are absent have its defaults. */
export function connectionLimits(limits: z.output<typeof connections> = {}) {
  return {
    max_open_conns: limits.maxOpen,
    max_idle_conns: limits.maxIdle,
    conn_max_lifetime: limits.maxLifetime && goDuration(seconds(limits.maxLifetime)),
  };
}
