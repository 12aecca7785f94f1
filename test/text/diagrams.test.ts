import fc from 'fast-check';
import { dotText } from '../../lib/text/dot';
import { mermaidComment, mermaidLabel } from '../../lib/text/mermaid';

test.each<[string, string, string]>([
  ['a quote', 'a" --> b["', '"a#quot; --#gt; b[#quot;"'],
  ['HTML', '<img src=x>', '"#lt;img src=x#gt;"'],
  ['an entity of mermaid and of HTML', '#35; &lt;', '"#35;35; #amp;lt;"'],
  ['Markdown', '`**a**`', '"#96;**a**#96;"'],
  ['a directive', '%%{init: {}}%%', '"#37;#37;#123;init: #123;#125;#125;#37;#37;"'],
  ['a line break, typed and as two letters', 'a\n\\nb', '"a #92;nb"'],
])('keeps %s within a label of mermaid', (_, text, label) => {
  expect(mermaidLabel([text])).toBe(label);
});

test('keeps the lines of a label apart', () => {
  expect(mermaidLabel(['gateway', '192.0.2.1'])).toBe('"gateway<br>192.0.2.1"');
});

test('keeps a comment of mermaid in one line, and from being a directive', () => {
  expect(mermaidComment('a\nend {init}')).toBe('%% a end (init)');
});

test('keeps text within the quotes of DOT', () => {
  expect(dotText('a"b\\"\n&amp; &c')).toBe('a\\"b\\\\\\" &amp;amp; &c');
  fc.assert(
    fc.property(fc.string(), (text) => expect(dotText(text).replace(/\\[\\"]/g, '')).not.toMatch(/["\\\p{Cc}]/u)),
  );
});
