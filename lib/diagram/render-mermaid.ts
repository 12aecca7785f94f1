/** Writes a diagram as a mermaid flowchart, which GitHub and GitLab draw in Markdown. */
import { mermaidComment, mermaidLabel } from '../text/mermaid';
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

/** Renders a diagram with its legend and notes as comments. */
export function renderMermaid(diagram: Diagram): string {
  return [renderFlowchart(diagram), ...renderLegend(diagram).map(mermaidComment)].join('\n');
}

/** Renders only the flowchart, for a page that shows the legend separately. */
export function renderFlowchart({ groups, edges }: Diagram): string {
  return [
    'flowchart LR',
    ...groups.flatMap(box),
    ...edges.map(arrow),
    ...groups.filter(({ kind }) => kind === 'partner').map(({ id }) => `  style ${plainId(id)} stroke-dasharray: 6 4`),
    ...coloured(groups, edges),
  ].join('\n');
}

const SHAPES: Readonly<Record<DiagramNode['kind'], readonly [string, string]>> = {
  server: ['[', ']'],
  gateway: ['{{', '}}'],
  workload: ['(', ')'],
  several: ['([', '])'],
};

function box(group: DiagramGroup): readonly string[] {
  const id = plainId(group.id);
  if (group.summary !== undefined) {
    return [`  ${id}[${mermaidLabel([...groupHeading(group), ...group.summary])}]`];
  }
  return [`  subgraph ${id}[${mermaidLabel([groupHeading(group).join(' · ')])}]`, ...group.nodes.map(node), '  end'];
}

function node({ id, kind, label, change }: DiagramNode): string {
  const [open, close] = SHAPES[kind];
  const [first = '', ...others] = label;
  return `    ${plainId(id)}${open}${mermaidLabel([withChangeSign(first, change), ...others])}${close}`;
}

/** Without and with a label. */
const ARROWS: Readonly<Record<DiagramEdge['kind'], (label: string) => string>> = {
  federation: thick,
  'partner-federation': thick,
  trust: (label) => (label === '' ? '-.->' : `-. ${mermaidLabel([label])} .->`),
  signing: arrowed,
  ended: (label) => (label === '' ? '-.-' : `-. ${mermaidLabel([label])} .-`),
  call: arrowed,
  'remote-call': arrowed,
};

function thick(label: string): string {
  return label === '' ? '===' : `== ${mermaidLabel([label])} ===`;
}

function arrowed(label: string): string {
  return label === '' ? '-->' : `-->|${mermaidLabel([label])}|`;
}

function arrow({ from, to, kind, label = '', change }: DiagramEdge): string {
  return `  ${plainId(from)} ${ARROWS[kind](withChangeSign(label, change))} ${plainId(to)}`;
}

/** Colours that are legible on light and dark backgrounds. */
const COLOURS: Readonly<Record<Change, string>> = { added: '#2da44e', removed: '#d1242f', changed: '#bf8700' };

function coloured(groups: readonly DiagramGroup[], edges: readonly DiagramEdge[]): readonly string[] {
  const parts = groups.flatMap((group) => [group, ...group.nodes]);
  return (Object.keys(COLOURS) as Change[]).flatMap((change) => {
    const style = `stroke:${COLOURS[change]},stroke-width:3px`;
    const ids = parts.filter((part) => part.change === change).map(({ id }) => plainId(id));
    const lines = edges.flatMap((edge, index) => (edge.change === change ? [index] : []));
    return [
      ...(ids.length > 0 ? [`  classDef ${change} ${style}`, `  class ${ids.join(',')} ${change}`] : []),
      ...(lines.length > 0 ? [`  linkStyle ${lines.join(',')} ${style}`] : []),
    ];
  });
}
