/** Holds a Markdown page to be what its author meant: no broken tables, no headings or HTML out of values. */

/** Asserts that tables are whole, fences are closed and no HTML of a value is live. */
export function expectSoundPage(text: string): void {
  const lines = text.split('\n');
  const outside = outsideFences(lines);
  expect(outside).toBeDefined();
  for (const [index, line] of (outside ?? []).entries()) {
    if (!line.startsWith('|')) continue;
    const isFirst = !outside?.[index - 1]?.startsWith('|');
    const first = firstOfTable(outside ?? [], index);
    expect(cellsOf(line)).toBe(cellsOf(outside?.[first] ?? ''));
    if (isFirst) expect(outside?.[index + 1]).toMatch(/^\|(---\|)+$/);
  }
  expect(proseOf(outside ?? [])).not.toMatch(/(?<!\\)<b onclick|<!--(?! Generated)/);
}

/** The lines that are not in a fence; undefined where a fence is not closed. */
function outsideFences(lines: readonly string[]): readonly string[] | undefined {
  let fence: string | undefined;
  const outside = lines.map((line) => {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    const isInside = fence !== undefined;
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    return isInside || mark !== undefined ? '' : line;
  });
  return fence === undefined ? outside : undefined;
}

function firstOfTable(lines: readonly string[], index: number): number {
  let first = index;
  while (lines[first - 1]?.startsWith('|')) first -= 1;
  return first;
}

/** Bars that part cells; a bar after a backslash does not. */
const cellsOf = (line: string): number => line.replace(/\\\|/g, '').split('|').length;

/** Without what stands in code spans. */
const proseOf = (lines: readonly string[]): string => lines.join('\n').replace(/`+[^`]*`+/g, '');
