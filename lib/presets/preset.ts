/** What a preset is: a sample application that the output deploys whole, chosen by `preset: <name>` in a workload. */

/** A preset is plain data. Adding one takes its file and one line in the catalog. */
export interface Preset {
  /** Value of the key `preset` in a fleet. */
  readonly name: string;
  /** What it is, as the end of "A complete sample application: …". */
  readonly summary: string;
  /** Sorted by name; never empty. */
  readonly components: readonly PresetComponent[];
  /** Where calls arrive. @default - it takes no calls */
  readonly entry?: PresetEntry;
  /** Keys of a workload that mean nothing for this preset, each with the reason. */
  readonly inapplicable: Readonly<Partial<Record<RefusableKey, string>>>;
}

/** Keys of a workload that a preset may refuse. `port`, `service` and `replicas` no preset takes. */
export type RefusableKey = 'calls' | 'host' | 'plainText' | 'serviceAccount' | 'spiffeId';

/** One Service with its ServiceAccount, and the programs behind it. */
export interface PresetComponent {
  /** Name of the Service, where programs have it built in. @default - the name of the workload */
  readonly name?: string;
  /** @default - the ServiceAccount of the workload */
  readonly serviceAccount?: string;
  /** At which it speaks HTTP. @default - it takes no calls */
  readonly port?: number;
  /** Components of the same preset that call it, by name. The fleet names the callers of the entry. @default - none */
  readonly calledBy?: readonly string[];
  /** One Deployment for each; never empty. */
  readonly versions: readonly PresetVersion[];
}

export interface PresetVersion {
  /** Value of the label `version`. */
  readonly version: string;
  /** Pinned by tag or digest. */
  readonly image: string;
  /** @default - the command of the image */
  readonly command?: readonly string[];
  /** @default - no variables */
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that the program writes to, by volume name; the root file system is read-only. @default - none */
  readonly scratch?: Readonly<Record<string, string>>;
  /** Numeric user of the container. @default - the user of the image */
  readonly user?: number;
}

export interface PresetEntry {
  /** Name of the component that takes the calls of other workloads. */
  readonly component: string;
  /** Paths that the gateway lets through where the fleet names none; one that ends with * is a prefix. */
  readonly routes: readonly string[];
  /** Path that answers 200 to every admitted caller. */
  readonly page: string;
}
