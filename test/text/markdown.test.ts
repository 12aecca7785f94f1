import fc from 'fast-check';
import { codeBlock, codeSpan, markdownCell, markdownText } from '../../lib/text/markdown';

/** What is left for a parser to read as Markdown: without escaped characters and our own line breaks. */
const marksIn = (markdown: string): string =>
  markdown
    .replaceAll('<br>', '')
    .replaceAll('@\u200B', '@')
    .replace(/\\[!-/:-@[-`{-~]/g, '');

/** Odd text is likelier than among all texts. */
const oddText = fc
  .array(fc.oneof(fc.constantFrom(...'\\|`<>&*_#~$[]()!@-+=.\n\r\t\u2028\u202E\uD800 1a'), fc.string()))
  .map((parts) => parts.join(''));

test.each<[string, string, string]>([
  ['a line break', 'first\nsecond\n', 'first<br>second'],
  ['line breaks of other systems and empty lines', '\r\n\r\nfirst\r\n\r\n\u2028second', 'first<br>second'],
  ['a table cell', 'a | b', 'a \\| b'],
  ['a bar after a backslash', 'a \\| b', 'a \\\\\\| b'],
  ['HTML', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)>'],
  ['a comment', '<!-- hidden', '\\<!-- hidden'],
  ['an entity', '&lt;b&gt; &#60; R&D', '&amp;lt;b&amp;gt; &amp;#60; R&D'],
  ['a heading', '# Approved\n## by all', '\\# Approved<br>\\## by all'],
  ['the end of a heading', 'a ##', 'a #\\#'],
  ['a link', '[safe](https://evil.test)', '\\[safe\\](https://evil.test)'],
  ['an image', '![](https://evil.test/x.png)', '!\\[\\](https://evil.test/x.png)'],
  ['code', '`` `a` ``', '\\`\\` \\`a\\` \\`\\`'],
  ['emphasis', '*a* _b_ ~~c~~', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~'],
  ['a name with underscores', 'spire_server_started', 'spire_server_started'],
  ['a list', '- a\n1. b\n2) c', '\\- a<br>1\\. b<br>2\\) c'],
  ['a quotation and a rule', '> a\n---', '\\> a<br>\\---'],
  ['a person, but no mail address', '@all or ops@example.org', '@\u200Ball or ops@example.org'],
  ['a URL', 'https://tracker.test/a_b?c=d&e=f#g', 'https://tracker.test/a_b?c=d&e=f#g'],
  ['what turns the writing around, and half a character', 'a\u202Eb\uD800c', 'a b c'],
])('shows %s unchanged in a table cell', (_, text, markdown) => {
  expect(markdownCell(text)).toBe(markdown);
});

test('leaves no text anything that Markdown reads', () => {
  fc.assert(
    fc.property(oddText, (text) => {
      expect(marksIn(markdownCell(text))).not.toMatch(/[\\`*[\]<|~$\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(markdownText(text)).not.toMatch(/[\r\n]/);
    }),
  );
});

test('quotes code that holds backticks, bars and line breaks', () => {
  expect(codeSpan('a`b')).toBe('`` a`b ``');
  expect(codeSpan('a|b\nc')).toBe('`a\\|b c`');
  expect(codeSpan('a\\|<b>')).toBe('<code>a&#92;&#124;&#60;b&#62;</code>');
  fc.assert(fc.property(oddText, (text) => expect(codeSpan(text)).not.toMatch(/[\r\n]|\\\\\|/)));
});

test('opens a code block with more backticks than the text has', () => {
  expect(codeBlock('json', 'a\n````\nb')).toEqual(['`````json', 'a\n````\nb', '`````']);
});
