/** Which texts count as left by a merge of Git. */
import { conflictLine } from '../../lib/output/conflict-markers';

const CONFLICT = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n';

test.each([
  ['at its start', CONFLICT, 1],
  ['after other lines', `x\ny\n${CONFLICT}z\n`, 3],
  ['with the line ends of Windows', CONFLICT.replaceAll('\n', '\r\n'), 1],
  ['in the style diff3', CONFLICT.replace('=======', '||||||| base\no\n======='), 1],
])('finds a conflict %s', (_, text, line) => {
  expect(conflictLine(text)).toBe(line);
});

test.each([
  ['a text', 'a\n'],
  ['an underlined title', 'title\n=======\n'],
  ['markers inside of a line', ` ${CONFLICT.replaceAll('\n', '\n ')}`],
  ['a conflict without an end', '<<<<<<< HEAD\na\n=======\n'],
])('finds none in %s', (_, text) => {
  expect(conflictLine(text)).toBeUndefined();
});
