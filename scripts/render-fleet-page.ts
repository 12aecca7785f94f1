/** Renders docs/fleet.md, the reference of the fleet file, from the JSON Schema of the fleet. */
import { parse } from 'yaml';
import { renderFleetJsonSchema } from '../lib/fleet/json-schema';
import { exampleOf, type SchemaNode } from '../lib/fleet/schema-example';
import { codeSpan, markdownCell } from '../lib/text/markdown';

/** A map with fixed keys, which gets a table of its own. */
interface Section {
  /** Such as `clusters.NAME.trust`; empty for the file as a whole. */
  readonly path: string;
  readonly node: SchemaNode;
}

const INTRODUCTION = `# The fleet file

Every key of \`fleet.yaml\`. \`NAME\` stands for a name that you choose, \`[]\` for an entry of a list. A key without "required" may be
left out. The column "default" says what holds then; a dash means that nothing is set.

\`versions\`, \`spire\`, \`istio\` and \`observability\` can stand at the top, for all clusters, and in a cluster. What a cluster says wins,
key by key. Paths of files are relative to the folder of the fleet file.

\`fleet.schema.json\` has the same for editors. [rules.md](rules.md) lists the rules that hold between keys.
\`npm run docs\` writes this page from the schema.
`;

/** The page, in Markdown. */
export function renderFleetPage(): string {
  const sections = sectionsOf({ path: '', node: parse(renderFleetJsonSchema()) as SchemaNode });
  return [INTRODUCTION, ...sections.flatMap((section) => sectionLines(section, sections))].join('\n');
}

/** The section, and those below it in the order of their keys. Equal maps have one section, the first. */
function sectionsOf(section: Section, before: readonly Section[] = []): readonly Section[] {
  if (before.some((other) => isEqual(other.node, section.node))) return before;
  let sections = [...before, section];
  for (const [key, child] of Object.entries(keysOf(section.node))) {
    const inner = innerMap(child, section.path === '' ? key : `${section.path}.${key}`);
    if (inner !== undefined) sections = [...sectionsOf(inner, sections)];
  }
  return sections;
}

/** The map with fixed keys that is the value of a key, or that its entries are. */
function innerMap(node: SchemaNode, path: string): Section | undefined {
  if (Object.keys(keysOf(node)).length > 0) return { path, node };
  if (typeof node.additionalProperties === 'object') return innerMap(node.additionalProperties, `${path}.NAME`);
  return node.items === undefined ? undefined : innerMap(node.items, `${path}[]`);
}

/** Fixed keys of a map. Where there are several kinds of it, the keys of all of them. */
function keysOf({ properties, anyOf = [] }: SchemaNode): Readonly<Record<string, SchemaNode>> {
  return Object.assign({}, properties, ...anyOf.map(keysOf));
}

function sectionLines({ path, node }: Section, sections: readonly Section[]): readonly string[] {
  const title = path === '' ? 'The top of the file' : path;
  const rows = Object.entries(keysOf(node)).map(([key, child]) => {
    const inner = innerMap(child, path === '' ? key : `${path}.${key}`);
    const described = sections.find((section) => inner !== undefined && isEqual(section.node, inner.node));
    const { meaning, fallback } = meaningOf(child);
    const isRequired = node.required?.includes(key) === true;
    return [
      codeSpan(key),
      described === undefined
        ? describeValue(child)
        : `${describeValue(child)}: [${described.path}](#${anchorOf(described.path)})`,
      isRequired ? 'required' : fallback,
      markdownCell(meaning),
      exampleCell(child),
    ];
  });
  const table = ['| key | value | default | meaning | example |', '|---|---|---|---|---|'];
  const about = path === '' ? [] : [markdownCell(meaningOf(node).meaning), ''];
  return [`## ${title}`, '', ...about, ...table, ...rows.map((cells) => `| ${cells.join(' | ')} |`), ''];
}

/** The description without its last sentence about the default, and that sentence. */
function meaningOf({ description = '', default: value }: SchemaNode): {
  readonly meaning: string;
  readonly fallback: string;
} {
  const [, meaning = description, stated] = /^(.*?) ?Default: (.*)\.$/s.exec(description) ?? [];
  if (stated !== undefined) {
    const isLiteral = stated === value || stated === JSON.stringify(value);
    return { meaning, fallback: isLiteral ? codeSpan(stated) : markdownCell(stated) };
  }
  return { meaning, fallback: value === undefined ? '–' : codeSpan(JSON.stringify(value)) };
}

/** What a person writes there, in words. */
function describeValue(node: SchemaNode): string {
  if (node.anyOf !== undefined) return node.anyOf.map(describeValue).join(' or ');
  if (node.enum !== undefined) return node.enum.map(codeSpan).join(', ');
  if (node.items !== undefined) return `list (${describeValue(node.items)})`;
  if (typeof node.additionalProperties === 'object') return `map by name (${describeValue(node.additionalProperties)})`;
  if (node.properties !== undefined) return 'map';
  if (node.type === 'integer') return `${node.minimum} to ${node.maximum}`;
  return node.type === 'boolean' ? '`true`, `false`' : 'text';
}

function exampleCell(node: SchemaNode): string {
  const example = exampleOf(node);
  return example === undefined ? '' : codeSpan(example);
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function isEqual(one: SchemaNode, other: SchemaNode): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
