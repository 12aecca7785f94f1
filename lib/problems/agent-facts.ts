/** The facts of problems with the settings of SPIRE agents and of spire-controller-manager. */

export interface AgentProblemFacts {
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
