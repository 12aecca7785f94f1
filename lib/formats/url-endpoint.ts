/** What a client of an https URL connects to. */

/** @param url a valid URL; IPv6 addresses lose their brackets */
export function endpointOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port) };
}
