/** Writes a picture as a mermaid flowchart, which GitHub and GitLab draw in Markdown. */
import { mermaidComment, mermaidLabel } from '../text/mermaid';
import {
  type Change,
  explainPicture,
  headOf,
  type Picture,
  type PictureEdge,
  type PictureGroup,
  type PictureNode,
  plainId,
  signed,
} from './diagram';

/** With a legend and notes in comments. */
export function renderMermaid(picture: Picture): string {
  return [renderFlowchart(picture), ...explainPicture(picture).map(mermaidComment)].join('\n');
}

/** The flowchart alone, for a page that has the legend beside it. */
export function renderFlowchart({ groups, edges }: Picture): string {
  return [
    'flowchart LR',
    ...groups.flatMap(box),
    ...edges.map(arrow),
    ...groups.filter(({ kind }) => kind === 'partner').map(({ id }) => `  style ${plainId(id)} stroke-dasharray: 6 4`),
    ...coloured(groups, edges),
  ].join('\n');
}

const SHAPES: Readonly<Record<PictureNode['kind'], readonly [string, string]>> = {
  server: ['[', ']'],
  gateway: ['{{', '}}'],
  workload: ['(', ')'],
  several: ['([', '])'],
};

function box(group: PictureGroup): readonly string[] {
  const id = plainId(group.id);
  if (group.summary !== undefined) {
    return [`  ${id}[${mermaidLabel([...headOf(group), ...group.summary])}]`];
  }
  return [`  subgraph ${id}[${mermaidLabel([headOf(group).join(' · ')])}]`, ...group.nodes.map(node), '  end'];
}

function node({ id, kind, label, change }: PictureNode): string {
  const [open, close] = SHAPES[kind];
  const [first = '', ...others] = label;
  return `    ${plainId(id)}${open}${mermaidLabel([signed(first, change), ...others])}${close}`;
}

/** Without and with a label. */
const ARROWS: Readonly<Record<PictureEdge['kind'], (label: string) => string>> = {
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

function arrow({ from, to, kind, label = '', change }: PictureEdge): string {
  return `  ${plainId(from)} ${ARROWS[kind](signed(label, change))} ${plainId(to)}`;
}

/** Legible on light and on dark ground. */
const COLOURS: Readonly<Record<Change, string>> = { added: '#2da44e', removed: '#d1242f', changed: '#bf8700' };

function coloured(groups: readonly PictureGroup[], edges: readonly PictureEdge[]): readonly string[] {
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
