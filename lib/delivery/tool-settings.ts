/** What a fleet may say of a GitOps tool, and what follows for the fleet. The schema of the fleet is made of these records. */
import type * as z from 'zod';
import type { FleetPath, ProblemCode, ProblemFacts, Report } from '../problems/problem';
import type { RuleDocumentation } from '../problems/rule-documentation';

export interface ToolSettings {
  /** Element of `delivery.tools`, key of its settings below `delivery`, and folder of the output with its objects. */
  readonly name: string;
  /** Its name as its project spells it. */
  readonly title: string;
  /** The schema of `delivery.<name>`. Each setting has a default. */
  readonly settings: z.ZodType;
  /** Fills in the defaults of the settings, and reports settings that cannot be used. */
  resolve(settings: object, repository: DeliveredRepository, report: Report): ResolvedTool;
  /** Names of the fleet that an object of the tool has already. @default - none */
  takenNames?(resolved: ResolvedTool, settings: object, fleet: string): readonly TakenName[];
  /** Secrets in the namespace of the tool that each hold one thing. @default - it reads none that the fleet names */
  secrets?(resolved: ResolvedTool, clusters: readonly string[]): readonly ToolSecret[];
  /** Rules about its settings. @default - none */
  readonly rules?: readonly ToolRule[];
  /** API groups of its objects. */
  readonly apiGroups: RegExp;
  readonly annotations: {
    /** Annotations that decide whether it deletes, replaces or leaves out an object. */
    readonly prune: RegExp;
    /** Annotations that decide whether it applies or compares an object. */
    readonly apply: RegExp;
  };
}

/** What every tool needs to know of the output to resolve its settings. */
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
  /** The object that has the name. */
  readonly because: string;
}

export interface ToolSecret {
  readonly name: string;
  readonly purpose: string;
  /** Where the fleet asks for it. */
  readonly place: FleetPath;
}

/** A rule about the settings of one tool. It is documented, and checked, with the rules of `lib/model/rules/`. */
export interface ToolRule<Code extends ProblemCode = ProblemCode> extends RuleDocumentation<Code> {
  /** @param find takes a path below `delivery.<name>` */
  check(resolved: ResolvedTool, find: (path: FleetPath, facts: ProblemFacts[Code]) => void): void;
}
