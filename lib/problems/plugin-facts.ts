/** The facts of problems with bundle publishers and with plugins by their names in SPIRE. */
import type { FleetPath } from './place';

export interface PluginProblemFacts {
  'bundle-does-not-fit': {
    readonly publisher: string;
    /** Most certificates that fit. */
    readonly most: number;
    /** Roots of the trust domain; absent where the server signs with CAs of its own. */
    readonly roots?: number;
  };
  'bundle-target-shared': {
    readonly target: string;
    /** The other publisher; absent for the ConfigMap of the agents. */
    readonly first?: FleetPath;
  };
  'plugin-twice': { readonly plugin: string; readonly first: FleetPath };
}
