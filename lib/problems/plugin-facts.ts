/** The facts of problems with bundle publishers and with plugins by their names in SPIRE. */
import type { FleetPath } from './place';

/** The program of SPIRE that loads a plugin. */
export type PluginProgram = 'server' | 'agent';

export interface PluginProblemFacts {
  'authority-twice': { readonly plugin: string; readonly first: FleetPath };
  'bundle-does-not-fit': {
    readonly publisher: string;
    /** Most certificates that fit. */
    readonly most: number;
    /** Roots of the trust domain; absent where the server signs with CAs of its own. */
    readonly roots?: number;
    readonly cluster: string;
    /** The file from which the cluster would take its root. */
    readonly rootFile: string;
    /** Key of an upstream authority that needs no settings. */
    readonly authority: string;
  };
  'bundle-target-shared': {
    readonly target: string;
    /** The other publisher; absent for the ConfigMap of the agents. */
    readonly first?: FleetPath;
  };
  'plugin-not-mounted': { readonly program: PluginProgram; readonly command: string };
  'plugin-twice': {
    readonly program: PluginProgram;
    readonly plugin: string;
    /** The other one; absent where the tool itself writes it. */
    readonly first?: FleetPath;
  };
  'plugin-type-decided': {
    readonly program: PluginProgram;
    readonly type: string;
    /** The key of the program that chooses the plugin, or why the fleet cannot choose it. */
    readonly decision: { readonly key: string } | { readonly because: string };
  };
  'secret-in-plugin': { readonly key: string };
  'unknown-plugin': {
    readonly program: PluginProgram;
    readonly type: string;
    readonly got: string;
    readonly known: readonly string[];
    readonly suggestion?: string;
  };
  'unknown-variable': { readonly got: string; readonly known: readonly string[] };
  'variable-shared': { readonly program: PluginProgram; readonly name: string };
}
