/** Describes a changed field in one line. Secrets are hidden and long values are cut. */
import { type FieldChange, fieldText, type Item } from './change';
import { isSecretField } from './secret-fields';

/** Maximum length of a value, in characters. */
const MAX_VALUE = 100;

/** `spec.replicas: 1 -> 2` for a changed field, `spec.a: + 1` for an added one and `spec.b: - 1` for a removed one. */
export function renderField(item: Item, field: FieldChange): string {
  const { path, before, after } = field;
  const name = fieldText(path);
  if (isSecretField(item, field)) return `${name}: changed, not shown`;
  if (isText(before) && isText(after)) return `${name}: ${renderTextChange(before, after)}`;
  if (before === undefined) return `${name}: + ${renderValue(after)}`;
  if (after === undefined) return `${name}: - ${renderValue(before)}`;
  return `${name}: ${renderValue(before)} -> ${renderValue(after)}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** Only the numbers of added and removed lines. The diff of Git shows the lines. */
function renderTextChange(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !now.includes(line)).length;
  const come = now.filter((line) => !old.includes(line)).length;
  return `${come} lines added, ${gone} removed`;
}

function renderValue(value: unknown): string {
  if (isText(value)) return `a text of ${value.trimEnd().split('\n').length} lines`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
