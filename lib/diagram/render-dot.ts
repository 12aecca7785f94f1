/** Writes a diagram in DOT, the language of Graphviz. */
import { dotText } from '../text/dot';
import {
  type Change,
  type Diagram,
  type DiagramEdge,
  type DiagramGroup,
  type DiagramNode,
  groupHeading,
  plainId,
  renderLegend,
  withChangeSign,
} from './diagram';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Graphviz computes text widths for Arial. */
const FONT = 'Arial,Helvetica,sans-serif';
const INK = '#1f2328';
const FAINT = '#57606a';

/** A directed graph, legend and notes below it. */
export function renderDot(diagram: Diagram): string {
  const { title, groups, edges } = diagram;
  const below = [`Fleet ${title}`, ...renderLegend(diagram)]
    .flatMap(wrapped)
    .map((line) => `${dotText(`${line}${' '.repeat(Math.ceil(line.length / 4))}`)}\\l`)
    .join('');
  return [
    `digraph ${quoted(dotText(title))} {`,
    `  graph [${attributes({ rankdir: 'LR', compound: 'true', newrank: 'true', fontname: FONT, fontsize: 11, fontcolor: FAINT, nodesep: 0.2, ranksep: 0.8, pad: 0.2, labelloc: 'b', labeljust: 'l' })}, label="${below}"]`,
    // The margins leave room for the wider letters of a font that replaces Arial.
    `  node [${attributes({ fontname: FONT, fontsize: 11, fontcolor: INK, color: FAINT, style: 'filled', fillcolor: '#ffffff', margin: '0.2,0.07', height: 0.3 })}]`,
    `  edge [${attributes({ fontname: FONT, fontsize: 9, fontcolor: FAINT, color: FAINT, arrowsize: 0.7 })}]`,
    ...groups.flatMap(box),
    ...edges.map(arrow),
    '}',
  ].join('\n');
}

const COLOURS: Readonly<Record<Change, string>> = { added: '#1a7f37', removed: '#cf222e', changed: '#9a6700' };

function box(group: DiagramGroup): readonly string[] {
  const { id, kind, nodes, change, summary } = group;
  const look = {
    fillcolor: '#f6f8fa',
    style: kind === 'partner' ? 'rounded,dashed,filled' : 'rounded,filled',
    color: change === undefined ? '#afb8c1' : COLOURS[change],
    penwidth: change === undefined ? 1 : 2,
  };
  if (summary !== undefined) {
    const label = [...groupHeading(group), ...summary].map(roomy).map(dotText).join('\\n');
    return [`  ${quoted(plainId(id))} [${attributes({ ...look, shape: 'box' })}, label="${label}"]`];
  }
  const label = groupHeading(group).map(roomy).map(dotText).join('\\n');
  const frame = { ...look, labeljust: 'c', labelloc: 't', fontcolor: INK, margin: 12 };
  return [
    `  subgraph ${quoted(`cluster_${plainId(id)}`)} {`,
    `    graph [${attributes(frame)}, label="${label}"]`,
    ...nodes.map((one) => `    ${node(one)}`),
    '  }',
  ];
}

/** Adds space around a label. Letters can be wider than Graphviz computes, and it leaves no margin beside the label of a frame. */
function roomy(text: string): string {
  const room = ' '.repeat(2 + Math.ceil(text.length / 6));
  return `${room}${text}${room}`;
}

const SHAPES: Readonly<Record<DiagramNode['kind'], Attributes>> = {
  server: { shape: 'box', fillcolor: '#ddf4ff' },
  gateway: { shape: 'hexagon', margin: '0.1,0.03' },
  workload: { shape: 'box', style: 'filled,rounded' },
  several: { shape: 'box', style: 'filled,rounded' },
};

function node({ id, kind, label, change }: DiagramNode): string {
  const [first = '…', ...others] = label;
  const text = [withChangeSign(first, change), ...others].map(dotText).join('\\n');
  const marked = change === undefined ? {} : { color: COLOURS[change], fontcolor: COLOURS[change], penwidth: 2 };
  return `${quoted(plainId(id))} [${attributes({ ...SHAPES[kind], ...marked })}, label="${text}"]`;
}

const LINES: Readonly<Record<DiagramEdge['kind'], Attributes>> = {
  federation: { dir: 'none', penwidth: 3, color: '#0969da' },
  'partner-federation': { dir: 'none', penwidth: 3, color: '#8250df', fontcolor: '#8250df' },
  trust: { style: 'dashed', penwidth: 1.5, color: '#0969da' },
  signing: { style: 'solid', penwidth: 1 },
  ended: { dir: 'none', style: 'dotted', penwidth: 1.5 },
  call: {},
  'remote-call': { color: INK },
};

function arrow({ from, to, kind, label = '', change }: DiagramEdge): string {
  // The legend explains these edges. A label at each arrow would collide with other lines.
  const text = withChangeSign(kind === 'remote-call' || kind === 'signing' ? '' : label, change);
  const marked = change === undefined ? {} : { color: COLOURS[change], fontcolor: COLOURS[change] };
  const shown = { ...LINES[kind], ...marked, ...(text === '' ? {} : { label: dotText(` ${text} `) }) };
  const listed = attributes(shown);
  return `  ${quoted(plainId(from))} -> ${quoted(plainId(to))}${listed === '' ? '' : ` [${listed}]`}`;
}

function attributes(all: Attributes): string {
  return Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${quoted(String(value))}`)
    .join(', ');
}

function quoted(text: string): string {
  return `"${text}"`;
}

/** Maximum length of a legend line, in characters, so that the legend does not widen a small diagram. */
const MAX_LEGEND = 56;

function wrapped(text: string): readonly string[] {
  return text.match(new RegExp(`.{1,${MAX_LEGEND}}(?= |$)|\\S+`, 'g'))?.map((line) => line.trim()) ?? [];
}
