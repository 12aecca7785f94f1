/** The facts of problems with the settings of SPIRE agents and of spire-controller-manager. */
import type { FleetPath } from './place';

export interface AgentProblemFacts {
  'agent-socket-unusable': { readonly because: 'istio' | 'delegates'; readonly got: string };
  'agents-bundle-unusable': {
    readonly url: string;
    readonly because:
      | { readonly kind: 'private'; readonly host: string; readonly what: string }
      /** The cluster is the one whose bundle endpoint is there. */
      | { readonly kind: 'trust-domain' | 'svid' | 'format'; readonly cluster: string };
  };
  'namespace-ignored': {
    readonly namespace: string;
    readonly pattern: string;
    /** The pods that would get no SVIDs, such as "its pods". */
    readonly pods: string;
    readonly at: FleetPath;
  };
  'parent-id-unknown': { readonly template: string; readonly agents: string };
  'availability-target-ignored': {
    readonly target: string;
    /** Key of the lifetime that is too short. */
    readonly key: string;
    readonly ttl: string;
    /** The shortest lifetime that is long enough. */
    readonly least: string;
  };
  'sync-interval-too-long': {
    readonly got: string;
    /** Key of the shortest lifetime. */
    readonly key: string;
    readonly ttl: string;
    readonly limit: string;
  };
}
