/** Which SPIRE servers sign with a CA that they make themselves. */
import type { Fleet } from '../../fleet/schema';
import type { ServerPlugins } from '../../spire-plugins/server-plugins';
import { trustMaterialOf } from './trust-material';

/** False as well for a server whose root the fleet names and cannot read, which is reported where it is read. */
export function signsWithOwnCa(fleet: Fleet, cluster: string, plugins: ServerPlugins): boolean {
  return trustMaterialOf(fleet, cluster) === undefined && plugins.upstreamAuthority === undefined;
}
