/** The model of a diagram: groups, nodes and edges, independent of the language that renders it. */

/** Groups hold nodes, edges go from node to node; all are in a fixed order. */
export interface Diagram {
  /** Name of the fleet. */
  readonly title: string;
  readonly groups: readonly DiagramGroup[];
  readonly edges: readonly DiagramEdge[];
  /** Sentences about what the diagram omits. */
  readonly notes: readonly string[];
}

/** How a part differs from that of the earlier diagram. */
export type Change = 'added' | 'removed' | 'changed';

export interface DiagramGroup {
  /** Unique among groups. */
  readonly id: string;
  readonly kind: 'cluster' | 'partner';
  readonly name: string;
  readonly trustDomain: string;
  /** Empty for a group that is drawn as one box, where edges lead to its own id. */
  readonly nodes: readonly DiagramNode[];
  /** Lines below its name, for a group that is drawn as one box. @default - it is a frame around its nodes */
  readonly summary?: readonly string[];
  readonly change?: Change;
}

export interface DiagramNode {
  /** Unique among nodes. */
  readonly id: string;
  /**
   * - `server`: a SPIRE server, or the bundle endpoint of a partner
   * - `gateway`: where calls of other clusters arrive
   * - `workload`: one workload
   * - `several`: many workloads drawn as one
   */
  readonly kind: 'server' | 'gateway' | 'workload' | 'several';
  /** Lines of text. */
  readonly label: readonly string[];
  readonly change?: Change;
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  /**
   * - `federation`: both trust each other
   * - `partner-federation`: likewise, and one of them is a partner
   * - `trust`: `from` trusts `to`, and not the other way round
   * - `ended`: `from` and `to` trusted each other, and at least one no longer does
   * - `signing`: the server at `from` signs for the one at `to`
   * - `call`: within a cluster
   * - `remote-call`: by mutual TLS to another cluster
   */
  readonly kind: 'federation' | 'partner-federation' | 'trust' | 'ended' | 'signing' | 'call' | 'remote-call';
  readonly label?: string;
  readonly change?: Change;
}

/** Whether an edge has no direction. */
export function isMutual({ kind }: DiagramEdge): boolean {
  return kind === 'federation' || kind === 'partner-federation' || kind === 'ended';
}

/** Explains the kinds of lines in the diagram, then what it omits, one sentence each. */
export function renderLegend({ groups, edges, notes }: Diagram): readonly string[] {
  const has = (kind: DiagramEdge['kind']): boolean => edges.some((edge) => edge.kind === kind);
  const changes = [...groups, ...groups.flatMap(({ nodes }) => nodes), ...edges].some(({ change }) => change);
  const meanings = [
    ...(has('federation') || has('partner-federation') ? ['thick lines are federations'] : []),
    ...(has('trust') ? ['dashed arrows are trust in one direction'] : []),
    ...(has('ended') ? ['dotted lines are federations that ended'] : []),
    ...(has('signing') ? ['thin lines lead from a server to those it signs for'] : []),
    ...(has('remote-call') ? ['arrows are calls, by mutual TLS from cluster to cluster'] : []),
    ...(has('call') && !has('remote-call') ? ['arrows are calls'] : []),
    ...(changes ? ['+ is new, − is gone, ± changes'] : []),
  ];
  const [first = '', ...others] = meanings;
  const legend =
    meanings.length === 0 ? [] : [`${[first.replace(/^\w/, (letter) => letter.toUpperCase()), ...others].join(', ')}.`];
  return [...legend, ...notes];
}

/** The sign of a change, for readers who cannot see the colours. */
export const CHANGE_SIGNS: Readonly<Record<Change, string>> = { added: '+', removed: '−', changed: '±' };

/** A text with the sign of its change before it. */
export function withChangeSign(text: string, change: Change | undefined): string {
  return change === undefined ? text : `${CHANGE_SIGNS[change]} ${text}`.trim();
}

/** An id of letters, digits and underscores, which every diagram language accepts. Names have no underscores, so ids do not collide. */
export function plainId(id: string): string {
  return id
    .replaceAll(' ', '__')
    .replaceAll('-', '_')
    .replace(/[^A-Za-z0-9_]/g, (character) => `_x${character.codePointAt(0)?.toString(16)}_`);
}

/** The text in the box of a group, or at the top of its frame. */
export function groupHeading({ kind, name, trustDomain, change }: DiagramGroup): readonly [string, string] {
  return [`${withChangeSign(name, change)}${kind === 'partner' ? ' (partner)' : ''}`, trustDomain];
}
