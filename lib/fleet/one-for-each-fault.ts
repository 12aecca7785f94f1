/** Removes problems that the schema reports beside another problem of the same fault. */
import type { Problem } from '../problems/problem';

/** The problems, one for each fault. */
export function oneForEachFault(problems: readonly Problem[]): readonly Problem[] {
  return dropMissingTwins(dropSizesOfOtherTypes(dropRepeats(problems)));
}

/** Keeps one of several problems with the same code and place: two rules of the schema can refuse one value. */
function dropRepeats(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((found) => [JSON.stringify([found.code, found.place]), found])).values()];
}

/** Removes what zod says of the length of a text that stands in place of a list: the message about its type says enough. */
function dropSizesOfOtherTypes(problems: readonly Problem[]): readonly Problem[] {
  const placeOf = ({ place }: Problem): string => JSON.stringify('path' in place ? place.path : place);
  const ofOtherType = new Set(problems.filter(({ code }) => code === 'wrong-type').map(placeOf));
  return problems.filter((found) => found.code !== 'out-of-range' || !ofOtherType.has(placeOf(found)));
}

/** Removes the problem of a missing key if the key is there under a misspelt or former name: that is one fault. */
function dropMissingTwins(problems: readonly Problem[]): readonly Problem[] {
  const intended = new Set(
    problems.flatMap((found) =>
      'path' in found.place ? [JSON.stringify([...found.place.path.slice(0, -1), keyMeantBy(found)])] : [],
    ),
  );
  return problems.filter(
    (found) =>
      !(
        found.code === 'missing-key' &&
        'path' in found.place &&
        intended.has(JSON.stringify([...found.place.path, found.facts.key]))
      ),
  );
}

function keyMeantBy(found: Problem): string | undefined {
  if (found.code === 'unknown-key') return found.facts.suggestion;
  return found.code === 'renamed-key' ? found.facts.newKey : undefined;
}
