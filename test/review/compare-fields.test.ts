import { fieldText } from '../../lib/review/change';
import { compareFields } from '../../lib/review/compare-fields';

/** `path: before -> after`, one for each field. */
const found = (before: unknown, after: unknown): readonly string[] =>
  compareFields(before, after).map(
    (field) => `${fieldText(field.path)}: ${JSON.stringify(field.before)} -> ${JSON.stringify(field.after)}`,
  );

test('finds nothing between objects that differ in the order of their keys alone', () => {
  expect(found({ a: 1, b: { c: [1], d: null } }, { b: { d: null, c: [1] }, a: 1 })).toEqual([]);
});

test('names containers by their name, whatever their place', () => {
  const container = (name: string, image: string): object => ({ name, image });
  expect(
    found(
      { spec: { containers: [container('a', '1'), container('b', '1')] } },
      { spec: { containers: [container('b', '2'), container('a', '1'), container('c', '1')] } },
    ),
  ).toEqual(['spec.containers[b].image: "1" -> "2"', 'spec.containers[c]: undefined -> {"name":"c","image":"1"}']);
});

test('lists what came to and went from a list of texts, each by itself', () => {
  expect(found({ callers: ['a', 'b', 'b'] }, { callers: ['b', 'c'] })).toEqual([
    'callers[]: "a" -> undefined',
    'callers[]: "b" -> undefined',
    'callers[]: undefined -> "c"',
  ]);
});

test('calls another order a change, for arguments have one', () => {
  expect(found({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toEqual(['args: ["a","b"] -> ["b","a"]']);
});

test('leaves out elements without a name that are on both sides, and pairs the rest', () => {
  const rule = (port: number): object => ({ ports: [{ port }] });
  expect(found({ rules: [rule(1), rule(2)] }, { rules: [rule(3), rule(1), rule(2)] })).toEqual([
    'rules[0]: undefined -> {"ports":[{"port":3}]}',
  ]);
  expect(found({ rules: [rule(1), rule(2)] }, { rules: [rule(1), rule(5)] })).toEqual([
    'rules[1].ports[0].port: 2 -> 5',
  ]);
});

test('looks into configuration that a ConfigMap holds as JSON or YAML', () => {
  const server = (trustDomain: string): object => ({
    data: { 'server.conf': JSON.stringify({ server: { trust_domain: trustDomain, port: 1 } }, undefined, 2) },
  });
  expect(found(server('a'), server('b'))).toEqual(['data["server.conf"].server.trust_domain: "a" -> "b"']);
  expect(found({ data: 'a: 1\nb: 2\n' }, { data: 'a: 1\nb: 3\n' })).toEqual(['data.b: 2 -> 3']);
});

test('calls another spelling of the same configuration a change: the program gets another file', () => {
  expect(found({ data: 'a: 1\nb: 2\n' }, { data: '{a: 1,\n b: 2}\n' })).toHaveLength(1);
});

test('does not compare the keys inside of a bundle', () => {
  const bundle = (key: string): object => ({ trustDomainBundle: JSON.stringify({ keys: [{ x: key }] }, undefined, 2) });
  expect(compareFields(bundle('a'), bundle('b')).map(({ path }) => fieldText(path))).toEqual(['trustDomainBundle']);
});

test('tells a field that is null from one that is not there, and a number from its text', () => {
  expect(found({ a: null }, {})).toEqual(['a: null -> undefined']);
  expect(found({ a: 1 }, { a: '1' })).toEqual(['a: 1 -> "1"']);
});
