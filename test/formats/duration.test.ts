import { goDuration, seconds } from '../../lib/formats/duration';

test.each([
  ['1s', 1],
  ['5m', 300],
  ['1h30m', 5_400],
  ['7d', 604_800],
  ['1d2h3m4s', 93_784],
])('counts %s as %d seconds', (text, total) => {
  expect(seconds(text)).toBe(total);
});

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
