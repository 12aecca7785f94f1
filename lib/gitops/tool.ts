/** What a GitOps tool is to the fleet: its settings, what is decided of them, and what its objects and folders are called. */
import type * as z from 'zod';
import type { FleetPath, Report } from '../problems/problem';

/**
 * A record for one tool. Adding a tool takes its file and one line in the catalog, and the constructs that write its
 * objects, in lib/delivery/.
 */
export interface GitOpsTool {
  /** Element of `delivery.tools`, key of its settings below `delivery`, and folder of the output with its objects. */
  readonly name: string;
  /** As its project writes it. */
  readonly title: string;
  /** Of the key `delivery.<name>`; each setting has a default. */
  readonly settings: z.ZodType;
  /** Fills in the defaults of the settings and reports what cannot be. */
  resolve(settings: object, repository: DeliveredRepository, report: Report): ResolvedTool;
  /** Names of the fleet that an object of the tool has already. @default - none can be */
  takenNames?(resolved: ResolvedTool, settings: object, fleet: string): readonly TakenName[];
  /** Secrets in the namespace of the tool that each hold one thing. @default - it reads none that the fleet names */
  secrets?(resolved: ResolvedTool, clusters: readonly string[]): readonly ToolSecret[];
  /** API groups of its objects. */
  readonly apiGroups: RegExp;
  readonly annotations: {
    /** Those that decide whether it deletes, replaces or leaves out an object. */
    readonly prune: RegExp;
    /** Those that decide whether it applies or compares an object. */
    readonly apply: RegExp;
  };
}

/** What every tool is told of the output. */
export interface DeliveredRepository {
  readonly fleet: string;
  /** Sorted. */
  readonly clusters: readonly string[];
  /** As the fleet writes it. */
  readonly repo: string;
  /** As the fleet writes it; absent where it writes none. */
  readonly charts?: string;
}

export interface ResolvedTool {
  /** Namespace of the tool and of its objects. */
  readonly namespace: string;
}

export interface TakenName {
  readonly path: FleetPath;
  readonly name: string;
  /** What has the name. */
  readonly because: string;
}

export interface ToolSecret {
  readonly name: string;
  readonly purpose: string;
  /** Where the fleet asks for it. */
  readonly place: FleetPath;
}
