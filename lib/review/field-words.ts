/** Words a changed field; secrets are not shown, long values are cut. */
import { type FieldChange, fieldText, type Item } from './change';
import { isSecret } from './secret';

/** In characters. */
const MAX_VALUE = 100;

/** `spec.replicas: 1 -> 2`; what came has no value before, what went none after. */
export function fieldWords(item: Item, field: FieldChange): string {
  const { path, before, after } = field;
  const name = fieldText(path);
  if (isSecret(item, field)) return `${name}: changed, not shown`;
  if (isText(before) && isText(after)) return `${name}: ${textWords(before, after)}`;
  if (before === undefined) return `${name}: + ${valueWords(after)}`;
  if (after === undefined) return `${name}: - ${valueWords(before)}`;
  return `${name}: ${valueWords(before)} -> ${valueWords(after)}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** How many lines came and went; which ones, Git shows better. */
function textWords(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !now.includes(line)).length;
  const come = now.filter((line) => !old.includes(line)).length;
  return `${come} lines came, ${gone} went`;
}

function valueWords(value: unknown): string {
  if (isText(value)) return `a text of ${value.trimEnd().split('\n').length} lines`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
