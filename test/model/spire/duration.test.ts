import { seconds } from '../../../lib/formats/duration';
import { goDuration } from '../../../lib/model/spire/duration';

test.each([
  [604_800, '168h'],
  [5_400, '1h30m'],
  [3_601, '1h1s'],
  [59, '59s'],
  [0, '0s'],
])('writes %d seconds as Go reads them, without days: %s', (total, text) => {
  expect(goDuration(total)).toBe(text);
});

test.each([['90m'], ['7d'], ['1d1s'], ['59s']])('keeps the length of %s on the way through', (text) => {
  expect(seconds(goDuration(seconds(text)))).toBe(seconds(text));
});
