/** Formats values for a sentence: quotes, lists and cuts them. */

/** Longest value that is quoted in full, in characters. The source line shows longer ones. */
const MAX_QUOTED = 200;
/** Most names in a list. A list of hundreds of names does not help. */
const MAX_LISTED = 10;

export const quoted = (text: string): string =>
  JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);

export const listed = (items: readonly string[], show: (item: string) => string = (item) => item): string => {
  const shown = items.slice(0, MAX_LISTED).map(show);
  const rest = items.length - shown.length;
  return items.length === 0 ? 'none' : [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
};

export const either = (items: readonly string[]): string => {
  const [last, ...others] = items.map(quoted).reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} or ${last}`;
};

export const meant = (suggestion: string | undefined, otherwise: string): string =>
  suggestion === undefined ? otherwise : `did you mean ${quoted(suggestion)}?`;
