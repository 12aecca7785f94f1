/** Holds the building blocks of the fleet's schema. */
import * as z from 'zod';
import * as formats from './formats';

/**
 * A text of a format, in its one spelling; the format travels in the metadata so that a fault can name it.
 *
 * @param example what this key may hold @default - the example of the format
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

export const port = (meaning: string, example = 8080) =>
  z
    .int()
    .min(1)
    .max(65535)
    .meta({ description: meaning, examples: [example] });

/** Why something that is less safe is right, for whoever reviews it. */
export const because = (meaning: string) =>
  z
    .string()
    .min(10)
    .max(500)
    .superRefine((value, context) => {
      const why = formats.reason.check(value);
      // Shorter ones are refused already.
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

/** A map of people's names: it has no key but those, so that a lookup of "constructor" finds what a person wrote or nothing. */
export const mapOf = <Value extends z.ZodType>(key: ReturnType<typeof text>, value: Value) =>
  z.record(key, value).overwrite((written) => Object.assign(Object.create(null) as typeof written, written));

export const named = <Value extends z.ZodType>(value: Value, meaning: string, example?: string) =>
  mapOf(text(formats.shortName, 'A name.', example), value).describe(meaning);
