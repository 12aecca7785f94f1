/** Moves edges to the nodes that now represent their ends. */
import { type Change, type DiagramEdge, isMutual } from './diagram';

/** Drops edges inside one place and merges equal edges. An end without a new place stays where it is. */
export function moveEdges(edges: readonly DiagramEdge[], place: ReadonlyMap<string, string>): readonly DiagramEdge[] {
  const merged = new Map<string, DiagramEdge[]>();
  for (const edge of edges) {
    const ends = [place.get(edge.from) ?? edge.from, place.get(edge.to) ?? edge.to];
    const [from = '', to = ''] = isMutual(edge) ? ends.sort() : ends;
    if (from === to) continue;
    const key = [edge.kind, from, to].join('\n');
    const alike = merged.get(key) ?? [];
    alike.push({ ...edge, from, to });
    merged.set(key, alike);
  }
  return [...merged.values()].flatMap((alike) => {
    const [edge] = alike;
    return edge === undefined ? [] : [{ ...edge, change: changeOf(alike) }];
  });
}

/** The change that all parts share; `changed` if they differ. */
export function changeOf(parts: readonly { readonly change?: Change }[]): Change | undefined {
  const [first, ...others] = new Set(parts.map(({ change }) => change));
  return others.length === 0 ? first : 'changed';
}
