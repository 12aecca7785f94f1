import { seconds } from '../../lib/formats/duration';

test.each([
  ['1s', 1],
  ['5m', 300],
  ['1h30m', 5_400],
  ['7d', 604_800],
  ['1d2h3m4s', 93_784],
])('counts %s as %d seconds', (text, total) => {
  expect(seconds(text)).toBe(total);
});
