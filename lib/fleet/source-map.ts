/** Maps keys and values of the fleet file to their lines and columns. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { FleetPath, Place } from '../problems/problem';
import type { Source, Span } from '../problems/render';

const TOP: Span = { line: 1, column: 1, length: 1 };

/** Positions of one document. Lines and columns count from 1. */
export class SourceMap implements Source {
  readonly lines: readonly string[];
  /** A cache of the pairs of each map, by key: one map can have thousands of problems. */
  private readonly pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(
    readonly file: string,
    text: string,
    private readonly document?: Document.Parsed,
    private readonly lineCounter?: LineCounter,
  ) {
    this.lines = text.split(/\r?\n/);
  }

  locate(place: Place): Span {
    if ('file' in place) {
      return { ...TOP, ...place.position };
    }
    if ('position' in place) {
      return { ...place.position, length: place.length };
    }
    return this.spanOf(this.findNode(place.path, place.on ?? 'value'));
  }

  /** The node at the path, or its nearest parent. For a value that is a map, the node of its key. */
  private findNode(path: FleetPath, on: 'key' | 'value'): Node | undefined {
    let node = this.deref(this.document?.contents);
    let shown = node;
    for (const [depth, step] of path.entries()) {
      const pair = isMap(node) ? this.pairsOf(node).get(String(step)) : undefined;
      const child = isSeq(node) && typeof step === 'number' ? (node.items[step] as Node | undefined) : pair?.value;
      if (pair === undefined && child === undefined) {
        return shown;
      }
      node = this.deref(child as Node | null | undefined);
      const last = depth === path.length - 1;
      const showKey = pair !== undefined && ((last && on === 'key') || !isScalar(node) || node.range === undefined);
      shown = showKey ? (pair.key as Node) : (child as Node | undefined);
    }
    return shown;
  }

  private pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.pairs.get(map);
    if (known !== undefined) {
      return known;
    }
    const pairs = new Map(map.items.map((pair) => [keyText(pair.key), pair]));
    this.pairs.set(map, pairs);
    return pairs;
  }

  private deref(node: Node | null | undefined): Node | undefined {
    return isAlias(node) && this.document ? (node.resolve(this.document) as Node | undefined) : (node ?? undefined);
  }

  private spanOf(node: Node | undefined): Span {
    const range = node?.range;
    if (!range || this.lineCounter === undefined) {
      return TOP;
    }
    const { line, col } = this.lineCounter.linePos(range[0]);
    const end = this.lineCounter.linePos(range[1]);
    const length = end.line === line ? end.col - col : (this.lines[line - 1]?.length ?? col) - col + 1;
    return { line, column: col, length: Math.max(1, length) };
  }
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
