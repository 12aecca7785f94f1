/** What a GitOps tool adds to the output: the files that it reads, and the steps in dist/README.md that set it up. */
import type { Construct } from 'constructs';
import type { DeliveryStep } from '../model/delivery/layers';
import type { ISTIO_RELEASES } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { DeliveryProps } from './delivery-props';
import type { ResolvedTool } from './tool-settings';

/** A record for one tool, beside its `ToolSettings`. Constructs and steps need the model; the model needs the settings. */
export interface ToolOutput {
  /** Adds the objects and the kustomizations of the tool to its folder of the output. */
  build(files: ToolFiles, props: ToolProps): void;
  /** Markdown: a heading, and how a person sets up the tool. */
  steps(props: StepsProps): readonly string[];
  /** What an object of the tool refers to. @default - nothing that is looked for in the output */
  references?(object: { readonly kind: string; readonly spec?: unknown }): ToolReferences;
  /** The objects of the tool that apply a cluster and stay when it leaves the fleet, such as "its Application". */
  readonly objectsOfCluster: string;
  /** How a person stops the tool from applying a cluster, as part of a sentence. */
  readonly suspension: string;
}

export interface ToolProps<Resolved extends ResolvedTool = ResolvedTool> extends DeliveryProps {
  readonly tool: Resolved;
  /** Sorted by name. */
  readonly clusters: readonly AppliedCluster[];
}

export interface StepsProps<Resolved extends ResolvedTool = ResolvedTool> {
  /** Name of the fleet. */
  readonly fleet: string;
  readonly tool: Resolved;
  readonly clusters: readonly ResolvedCluster[];
}

/** What an object of a tool refers to. If it is missing, the tool cannot apply the object. */
export interface ToolReferences {
  /** Folder of the repository that it applies. */
  readonly applies?: string;
  /** Names of objects of its kind that must be ready before. @default - the tool does not order objects of this kind */
  readonly waitsFor?: readonly string[];
}

/** Istio's charts, as its own documentation calls them. */
export type IstioChart = keyof typeof ISTIO_RELEASES;

/** One cluster as a GitOps tool applies it. */
export interface AppliedCluster {
  readonly cluster: ResolvedCluster;
  /** The layers and charts that it has. */
  readonly steps: ReadonlySet<DeliveryStep>;
  /** The objects of all its layers. */
  readonly objects: readonly AppliedObject[];
  /** Values of Istio's charts; none on a cluster without Istio. */
  readonly charts: Readonly<Partial<Record<IstioChart, object>>>;
}

/** The parts of an object that decide what a tool must permit. */
export interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
}

/** The folder of a tool in the output. Paths are below it. */
export interface ToolFiles {
  /**
   * Returns the scope of one file.
   * @param appliedTo the cluster of the fleet whose API server takes the objects. @default - a cluster that the fleet may not have
   */
  file(path: string, appliedTo?: string): Construct;
  /** Writes `kustomization.yaml` into a folder; its patches apply to all of its resources. */
  kustomization(folder: string, resources: readonly string[], patches?: readonly KustomizePatch[]): void;
}

/** A patch of a kustomization. */
export interface KustomizePatch {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly patch: string;
}
