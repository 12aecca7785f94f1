import { plainId } from '../../lib/diagram/diagram';
import { markChanges } from '../../lib/diagram/mark-changes';
import { renderDot } from '../../lib/diagram/render-dot';
import { renderMermaid } from '../../lib/diagram/render-mermaid';
import { renderSvg } from '../../lib/diagram/render-svg';
import { PAIR } from '../resolved';
import { diagramOf, EVERY_WAY } from './diagrams';

/** Words that stand in an SVG, entities resolved. */
const wordsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&quot;', '"')
      .trim(),
  );

test('quotes every label and id for mermaid, which would read "end" and "--" as its own', async () => {
  const mermaid = renderMermaid(await diagramOf(EVERY_WAY));
  expect(mermaid).toContain('workload__end("end")');
  expect(mermaid).toContain('workload__a__b("a--b")');
  expect(mermaid).toContain('server__east === server__west');
  expect(mermaid).toContain('server__bank == "partner" === server__west');
  expect(mermaid).toContain('server__north -. "trusts" .-> server__west');
  expect(mermaid).toContain('server__south -. "ended" .- server__west');
  expect(mermaid).toContain('style partner__bank stroke-dasharray: 6 4');
});

test('explains in mermaid and in DOT only the lines that are there', async () => {
  const [pair, every] = [await diagramOf(PAIR), await diagramOf(EVERY_WAY)];
  expect(renderMermaid(pair)).not.toContain('dotted');
  expect(renderMermaid(every)).toContain('dotted lines are federations that ended');
  expect(renderDot(pair)).not.toContain('dashed arrows');
  expect(renderDot(every)).toContain('dashed arrows');
});

test('colours what changed in mermaid, and signs it for who does not see colours', async () => {
  const marked = markChanges(
    await diagramOf(PAIR.replace(/federation:.*/, '').replace(', calls: [bookinfo]', '')),
    await diagramOf(PAIR),
  );
  const mermaid = renderMermaid(marked);
  expect(mermaid).toContain('server__east == "+" === server__west');
  expect(mermaid).toMatch(/^ {2}linkStyle 0,1,2 stroke:/m);
});

test('writes SVG with every name in it, and the same bytes each time', async () => {
  const diagram = await diagramOf(EVERY_WAY);
  const svg = await renderSvg(diagram);
  expect(svg).toMatch(/^<\?xml/);
  expect(wordsOf(svg)).toEqual(
    expect.arrayContaining([
      'east',
      'east.test',
      'bank (partner)',
      'a--b',
      'end',
      'ended',
      'trusts',
      'partner',
      'Fleet ways',
    ]),
  );
  expect(await renderSvg(diagram)).toBe(svg);
});

test('keeps what DOT reads out of labels', async () => {
  const diagram = await diagramOf(PAIR);
  const svg = await renderSvg({ ...diagram, title: 'a "b" \\n {d}' });
  expect(wordsOf(svg)).toContain('Fleet a "b" \\n {d}');
});

test('does not decode text that looks like an HTML entity', async () => {
  const svg = await renderSvg({ ...(await diagramOf(PAIR)), title: 'a &lt;b&gt; &#60; R&D' });
  expect(svg).toContain('Fleet a &amp;lt;b&amp;gt; &amp;#60; R&amp;D');
});

test('makes ids that no two names share', () => {
  const ids = ['server a-b', 'server a--b', 'server a.b', 'server ab', 'gateway a-b'].map(plainId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^\w+$/.test(id))).toEqual([]);
});
