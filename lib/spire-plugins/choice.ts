/** How a fleet chooses a member of a family: by its key alone, or by a map of that one key, with settings. */
import * as z from 'zod';
import { addProblem } from '../formats/schema-kit';
import type { Choice, ChoosablePlugin } from './plugin';

/** What the schema of a choice asks of a member. */
type Choosable = Pick<ChoosablePlugin, 'key' | 'about' | 'settings'>;

/** Schema of a choice. A member that needs no settings can be chosen by its key alone. */
export function choiceOf(members: readonly Choosable[]) {
  return z.union([z.enum(members.filter(needsNothing).map(({ key }) => key)), choiceWithSettings(members)]);
}

/** Schema of a choice among members that all need settings. */
export function choiceWithSettings(members: readonly Choosable[]) {
  return oneOf(
    Object.fromEntries(members.map(({ key, about, settings }) => [key, settings.describe(about).optional()])),
  );
}

/** Schema of a map that has exactly one of these keys. */
export function oneOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject(shape)
    .superRefine((chosen, context) => {
      const given = Object.keys(chosen);
      // A key that is unknown is reported already.
      if (given.length !== 1 && context.issues.length === 0)
        addProblem(context, [], { code: 'exclusive-keys', facts: { keys: Object.keys(shape), given } });
    })
    .meta({ minProperties: 1, maxProperties: 1 });
}

/** Whether a member can be chosen by its key alone. */
export function needsNothing({ settings }: Pick<Choosable, 'settings'>): boolean {
  return settings.safeParse({}).success;
}

/** The member that a fleet names. */
export function chosen(written: string | Readonly<Record<string, unknown>> | undefined): Choice | undefined {
  if (written === undefined) return undefined;
  if (typeof written === 'string') return { key: written, settings: {} };
  const [first] = Object.entries(written);
  return first && { key: first[0], settings: first[1] };
}
