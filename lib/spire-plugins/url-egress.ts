/** The connection to an API that a plugin calls by its URL. */
import type { PluginEgress } from './plugin';

/**
 * @param policy name of the NetworkPolicy
 * @param url of the scheme https
 */
export function urlEgress(policy: string, url: string): PluginEgress {
  const { hostname, port } = new URL(url);
  // The brackets of an IPv6 address belong to the URL.
  return { policy, address: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port) };
}
