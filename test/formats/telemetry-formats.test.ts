import { collectorAddress, splitAddress } from '../../lib/formats/telemetry-formats';

test.each([
  ['statsd.monitoring:8125', { host: 'statsd.monitoring', port: 8125 }],
  ['10.0.0.7:8125', { host: '10.0.0.7', port: 8125 }],
  ['[2001:db8::7]:8125', { host: '2001:db8::7', port: 8125 }],
])('reads host and port of %s', (text, expected) => {
  expect(collectorAddress.check(text)).toBeUndefined();
  expect(splitAddress(text)).toEqual(expected);
});

test.each([
  ['statsd.monitoring', 'it has no port'],
  ['2001:db8::7:8125', 'it has no port'],
  ['statsd.monitoring:0', 'its port is not from 1 to 65535'],
  ['statsd.monitoring:70000', 'its port is not from 1 to 65535'],
  ['localhost:8125', 'loopback'],
  ['127.0.0.1:8125', 'loopback'],
  ['[::1]:8125', 'loopback'],
  ['udp://statsd:8125', 'it has no port'],
  [':8125', 'empty'],
])('refuses %s: %s', (text, reason) => {
  expect(collectorAddress.check(text)).toContain(reason);
});

test('spells IPv6 addresses in one way, in brackets', () => {
  expect(collectorAddress.canonical?.('[2001:DB8:0::7]:8125')).toBe('[2001:db8::7]:8125');
  expect(collectorAddress.canonical?.('statsd.monitoring:8125')).toBe('statsd.monitoring:8125');
});
