/** Reduces a diagram to some trust domains and their neighbours. */
import type { Diagram } from './diagram';

/** Keeps the named groups and their neighbours. Drops edges between two neighbours. */
export function neighbourhood(diagram: Diagram, names: readonly string[]): Diagram {
  const groupOf = new Map(diagram.groups.flatMap(({ name, nodes }) => nodes.map(({ id }) => [id, name] as const)));
  const isNamed = (node: string): boolean => {
    const group = groupOf.get(node);
    return group !== undefined && names.includes(group);
  };
  const touching = diagram.edges.filter(({ from, to }) => isNamed(from) || isNamed(to));
  const reached = new Set(touching.flatMap(({ from, to }) => [from, to]));
  // The edge from a neighbour's gateway to a workload is the second half of a call, so keep it with the first half.
  const onward = diagram.edges.filter(
    ({ from, kind, to }) => kind === 'call' && reached.has(from) && groupOf.get(from) === groupOf.get(to),
  );
  const edges = diagram.edges.filter((edge) => touching.includes(edge) || onward.includes(edge));
  const shown = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const groups = diagram.groups.flatMap((group) => {
    if (names.includes(group.name)) return [group];
    const nodes = group.nodes.filter(({ id }) => shown.has(id));
    return nodes.length > 0 ? [{ ...group, nodes }] : [];
  });
  const note = `Shows only ${names.join(', ')} and the clusters and partners linked with ${names.length === 1 ? 'it' : 'them'}.`;
  return { ...diagram, groups, edges, notes: [...diagram.notes, note] };
}
