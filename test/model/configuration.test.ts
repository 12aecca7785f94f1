import { parse } from 'yaml';
import { configurationChecksum, renderJson, renderYaml } from '../../lib/model/configuration';

test('writes the same text whatever the order of keys', () => {
  const [one, other] = [
    { b: 1, a: [{ d: 2, c: 3 }] },
    { a: [{ c: 3, d: 2 }], b: 1 },
  ];
  expect(renderJson(one)).toBe(renderJson(other));
  expect(renderYaml(one)).toBe(renderYaml(other));
});

test('leaves out what is undefined instead of writing null', () => {
  expect(JSON.parse(renderJson({ a: { b: undefined, c: 1 } }))).toEqual({ a: { c: 1 } });
  expect(parse(renderYaml({ a: { b: undefined, c: 1 } }))).toEqual({ a: { c: 1 } });
});

test('keeps the order of lists', () => {
  expect(JSON.parse(renderJson({ list: ['b', 'a'] }))).toEqual({ list: ['b', 'a'] });
});

test('ends JSON in a line end', () => {
  expect(renderJson({})).toBe('{}\n');
});

test('changes the checksum with any of the files, and with where one ends', () => {
  const sums = [
    ['a', 'b'],
    ['a', 'c'],
    ['ab', ''],
    ['', 'ab'],
  ].map((files) => configurationChecksum(...files)['checksum/config']);
  expect(new Set(sums).size).toBe(4);
  expect(configurationChecksum('a', 'b')['checksum/config']).toBe(sums[0]);
});
