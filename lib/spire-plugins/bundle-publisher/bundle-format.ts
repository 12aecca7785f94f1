/** How a published bundle is written. */
import * as z from 'zod';
import { goDuration, seconds } from '../../formats/duration';
import * as durations from '../../formats/duration-formats';
import { addProblem, text } from '../../formats/schema-kit';

const FORMATS = ['spiffe', 'jwks', 'pem'] as const;

type BundleFormat = (typeof FORMATS)[number];

/** What peers and partners fetch from a bundle endpoint, too. */
const DEFAULT_FORMAT = 'spiffe' satisfies BundleFormat;

interface WrittenFormat {
  readonly format?: BundleFormat;
  readonly refreshHint?: string;
}

/** @param target what a fleet says of the place */
export function publisherSettings<Target extends z.ZodRawShape>(target: Target) {
  return z
    .strictObject({
      ...target,
      format: z
        .enum(FORMATS)
        .optional()
        .describe(
          `spiffe: the SPIFFE bundle, with the keys of X.509-SVIDs and JWT-SVIDs, as a bundle endpoint serves it. jwks: the same keys as a plain JWK Set. pem: the CA certificates alone. Default: ${DEFAULT_FORMAT}.`,
        )
        .meta({ default: DEFAULT_FORMAT }),
      refreshHint: text(
        durations.refreshHint,
        `How often readers of the format spiffe are asked to fetch it (SPIRE 1.13.1 and later). ${durations.boundsOf(durations.refreshHint)} Without it, the bundle says nothing of it.`,
      ).optional(),
    })
    .superRefine((written, context) => {
      const { format = DEFAULT_FORMAT, refreshHint } = written as WrittenFormat;
      if (refreshHint === undefined || format === 'spiffe') return;
      const facts = { key: 'refreshHint', because: `the format ${format} cannot hold it` };
      addProblem(context, ['refreshHint'], { code: 'not-applicable', facts, atKey: true });
    });
}

interface FormatPlan {
  /** Keys that all plugins have in their configuration. */
  readonly configuration: { readonly format: BundleFormat; readonly refresh_hint?: string };
  /** @default - every supported version */
  readonly since?: string;
}

/** @see https://github.com/spiffe/spire/blob/v1.15.3/CHANGELOG.md, 1.13.1 */
export function formatPlan({ format = DEFAULT_FORMAT, refreshHint }: WrittenFormat): FormatPlan {
  return refreshHint === undefined
    ? { configuration: { format } }
    : { configuration: { format, refresh_hint: goDuration(seconds(refreshHint)) }, since: '1.13.1' };
}
