/** The format of the URL of Prometheus in a fleet file. */
import type { Format } from './formats';

/** The URL of a Prometheus. Must not hold credentials, since it is written into Kiali's ConfigMap. */
export const prometheusUrl: Format = {
  what: 'the URL of a Prometheus',
  example: 'http://prometheus.monitoring:9090',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s@?#{}$"<>\\\\^`|]+$',
  check: (text) => {
    if (!/^https?:\/\//i.test(text)) return 'it does not begin with http:// or https://';
    if (/[\s${}"<>\\^`|]/.test(text)) return 'it has a character that is not allowed in a URL';
    if (!URL.canParse(text)) return 'it cannot be parsed as a URL';
    const { username, password, search, hash, port } = new URL(text);
    if (username !== '' || password !== '') return 'credentials are not allowed in it';
    if (port === '0') return 'its port is not from 1 to 65535';
    return search === '' && hash === '' ? undefined : 'a query or fragment is not allowed';
  },
};
