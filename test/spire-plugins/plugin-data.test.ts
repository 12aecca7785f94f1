import { readPluginData, writtenPluginData } from '../../lib/spire-plugins/plugin-data';

test.each([{ a: 1, b: { c: {}, d: {} } }, { clusters: { east: { audience: 'a' } } }, {}])(
  'writes data that HCL reads as one block as it is',
  (data) => {
    expect(writtenPluginData(data)).toBe(data);
  },
);

test.each([
  [{ clusters: { east: {}, west: {} } }, { clusters: [{ east: {}, west: {} }] }],
  [
    { a: { x: 1 }, b: { y: 2 } },
    { a: [{ x: 1 }], b: [{ y: 2 }] },
  ],
  [
    { a: { x: 1 }, b: undefined, c: { y: 2 } },
    { a: [{ x: 1 }], b: undefined, c: [{ y: 2 }] },
  ],
])('puts maps into lists where HCL would read several blocks', (data, written) => {
  expect(writtenPluginData(data)).toEqual(written);
  expect(readPluginData(written)).toEqual(data);
});
