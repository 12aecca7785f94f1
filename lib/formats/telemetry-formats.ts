/** Formats of the telemetry of SPIRE in a fleet file: addresses of collectors, names and prefixes of metrics, labels. */
import { address } from './address-formats';
import type { Format } from './formats';
import { canonicalIp } from './ip-addresses';

/** Host and port of a collector. Without a port, SPIRE's StatsD client sends nothing and keeps logging an error. */
export const collectorAddress: Format = {
  what: 'the address of a collector',
  example: 'statsd.monitoring:8125',
  pattern: '^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+):[0-9]{1,5}$',
  check: (text) => {
    const { host, port } = splitAddress(text);
    if (port === undefined) return 'it has no port: write host:port, and an IPv6 address in brackets';
    if (port < 1 || port > 65535) return 'its port is not from 1 to 65535';
    return address.check(host);
  },
  canonical: (text) => {
    const { host, port } = splitAddress(text);
    const ip = canonicalIp(host);
    return `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  },
};

/** @returns the host without brackets; no port where none can be read */
export function splitAddress(text: string): { readonly host: string; readonly port?: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(text) ?? [];
  return port === undefined ? { host: text } : { host: bracketed ?? plain ?? '', port: Number(port) };
}

/** The beginning of the names of all metrics of a component. */
export const metricPrefix: Format = {
  what: 'a prefix of metrics',
  example: 'shop_spire',
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  check: (text) =>
    /^[a-z][a-z0-9_]{0,62}$/.test(text)
      ? undefined
      : 'only a-z, 0-9 and "_" are allowed, beginning with a letter, at most 63 characters',
};

/** The first parts of the names of metrics, joined by dots; SPIRE compares texts, so a part may be cut. */
export const metricName: Format = {
  what: 'the first parts of the name of a metric',
  example: 'spire_server.rpc',
  pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,199}$',
  check: (text) =>
    /^[A-Za-z][A-Za-z0-9_.-]{0,199}$/.test(text)
      ? undefined
      : 'only letters, digits, "_", "-" and "." are allowed, beginning with a letter, at most 200 characters',
};

/** The name of a label of a metric. */
export const metricLabel: Format = {
  what: 'the name of a label',
  example: 'host',
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$',
  check: (text) =>
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(text)
      ? undefined
      : 'only letters, digits and "_" are allowed, beginning with a letter or "_", at most 63 characters',
};
