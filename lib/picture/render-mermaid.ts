/** Writes a picture as a mermaid flowchart, which GitHub and GitLab draw in Markdown. */
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
} from './picture';

/** With a legend and notes in comments. */
export function renderMermaid(picture: Picture): string {
  return [renderFlowchart(picture), ...explainPicture(picture).map((line) => `%% ${line}`)].join('\n');
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
    return [`  ${id}[${quoted([...headOf(group), ...group.summary].join('<br>'))}]`];
  }
  return [`  subgraph ${id}[${quoted(headOf(group).join(' · '))}]`, ...group.nodes.map(node), '  end'];
}

function node({ id, kind, label, change }: PictureNode): string {
  const [open, close] = SHAPES[kind];
  return `    ${plainId(id)}${open}${quoted(signed(label.join('<br>'), change))}${close}`;
}

/** Without and with a label. */
const ARROWS: Readonly<Record<PictureEdge['kind'], (label: string) => string>> = {
  federation: thick,
  'partner-federation': thick,
  trust: (label) => (label === '' ? '-.->' : `-. ${quoted(label)} .->`),
  signing: arrowed,
  ended: (label) => (label === '' ? '-.-' : `-. ${quoted(label)} .-`),
  call: arrowed,
  'remote-call': arrowed,
};

function thick(label: string): string {
  return label === '' ? '===' : `== ${quoted(label)} ===`;
}

function arrowed(label: string): string {
  return label === '' ? '-->' : `-->|${quoted(label)}|`;
}

function arrow({ from, to, kind, label = '', change }: PictureEdge): string {
  return `  ${plainId(from)} ${ARROWS[kind](signed(label, change))} ${plainId(to)}`;
}

/** Quotes keep words like "end", and what a name may contain, from being read as mermaid. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
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
