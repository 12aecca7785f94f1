/** Building blocks of the fleet's schema. */
import * as z from 'zod';
import * as formats from './formats';

/**
 * A schema for texts of a format. It turns valid texts into their canonical form. The metadata of the schema holds the
 * format, so that problems can name it.
 *
 * @param example a valid value of this key @default - the example of the format
 */
export function text(of: formats.Format, meaning: string, example: string = of.example) {
  const format: formats.Format = { ...of, example };
  const checked = z.string().superRefine((value, context) => {
    const reason = format.check(value);
    if (reason !== undefined) {
      context.addIssue({ code: 'custom', params: { format, reason }, continue: false });
    }
  });
  const spelt = format.canonical === undefined ? checked : checked.overwrite(format.canonical);
  return spelt.meta({ description: meaning, pattern: format.pattern, examples: [format.example] });
}

/** A problem that a schema finds in settings by comparing several of them. */
export interface SettingsProblem {
  /** A code of lib/problems, with its facts. */
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Whether the problem is about the key that ends the path. @default - about its value */
  readonly atKey?: boolean;
}

/** @param path keys, and numbers of entries of lists, below the value that is checked */
export function addProblem(
  context: z.RefinementCtx,
  path: readonly (string | number)[],
  problem: SettingsProblem,
): void {
  context.addIssue({ code: 'custom', path: [...path], params: { problem } });
}

export const port = (meaning: string, example = 8080) =>
  z
    .int()
    .min(1)
    .max(65535)
    .meta({ description: meaning, examples: [example] });

/** A switch. */
export const enabled = (meaning: string, byDefault: boolean) =>
  z.boolean().optional().describe(`${meaning} Default: ${byDefault}.`).meta({ default: byDefault });

/** A key for the reason why a less safe choice is right, for reviewers. */
export const because = (meaning: string) =>
  z
    .string()
    .min(10)
    .max(500)
    .superRefine((value, context) => {
      const why = formats.reason.check(value);
      // The length check already reports texts that are too short.
      if (value.length >= 10 && why !== undefined) {
        context.addIssue({ code: 'custom', params: { format: formats.reason, reason: why } });
      }
    })
    .meta({ description: meaning, pattern: formats.reason.pattern, examples: [formats.reason.example] });
export const names = (meaning: string, example?: string) =>
  z
    .array(text(formats.shortName, 'A name used as a key elsewhere in this file.', example))
    .min(1)
    .max(1000)
    .describe(meaning);

/** A map by user-defined names. It has no prototype, so looking up "constructor" finds only an entry that was written. */
export const mapOf = <Value extends z.ZodType>(key: ReturnType<typeof text>, value: Value) =>
  z.record(key, value).overwrite((written) => Object.assign(Object.create(null) as typeof written, written));

export const named = <Value extends z.ZodType>(value: Value, meaning: string, example?: string) =>
  mapOf(text(formats.shortName, 'A name.', example), value).describe(meaning);
