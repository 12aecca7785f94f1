/** Finds changes of how long SVIDs live, and of how agents renew or cache them. */
import { fieldsBelow, fieldsNamed, type RiskRule } from './risk-rule';

/** Lifetimes of a ClusterSPIFFEID. */
const LIFETIMES: Readonly<Record<string, string>> = { ttl: 'X.509-SVIDs', jwtTtl: 'JWT-SVIDs' };

/** Keys of the configurations of server and agents. */
const SAYS: Readonly<Record<string, string>> = {
  default_x509_svid_ttl: 'new X.509-SVIDs have another life; SVIDs that exist keep theirs',
  default_jwt_svid_ttl: 'new JWT-SVIDs have another life; SVIDs that exist keep theirs',
  agent_ttl: 'new SVIDs of agents have another life; SVIDs that exist keep theirs',
  availability_target: 'agents renew SVIDs at another point of their life; SVIDs that exist stay valid',
  workload_x509_svid_key_type: 'each pod gets a key of another type when its SVID is renewed; its peers must accept it',
  x509_svid_cache_max_size:
    'agents keep another number of SVIDs ready; pods whose SVID is not ready wait for the server',
  jwt_svid_cache_max_size: 'agents keep another number of JWT-SVIDs; programs get the others from the server',
  sync_interval: 'new pods get their first SVID sooner or later than before',
};

export const svidRenewal: RiskRule = {
  name: 'svid-renewal',
  risk: 'rollout',
  looksFor: 'another life of SVIDs, or another way in which agents renew and keep them',
  why: 'a shorter life leaves less time to repair the server, and means more load. No running pod loses its SVID.',
  assess: (change) => {
    const { action, item } = change;
    if (action !== 'changed') return [];
    if (item.kind === 'ClusterSPIFFEID') {
      return Object.entries(LIFETIMES).flatMap(([key, svids]) =>
        fieldsBelow(change, 'spec', key).map(
          ({ before, after }) =>
            `new ${svids} live for ${lifetime(after)} in place of ${lifetime(before)}; those that exist keep their life`,
        ),
      );
    }
    if (item.kind !== 'ConfigMap') return [];
    return Object.entries(SAYS).flatMap(([key, says]) => (fieldsNamed(change, key).length > 0 ? [says] : []));
  },
};

function lifetime(value: unknown): string {
  return value === undefined ? "the server's default" : String(value);
}
