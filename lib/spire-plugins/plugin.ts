/**
 * What a plugin of a SPIRE server means to the rest of the project.
 *
 * Each plugin is one record in a file of its own: what a fleet may say of it, and a plan, which is plain data, of all
 * that it adds to a server. Only the catalog of its family imports the record. The model stores the plans. Constructs
 * turn them into objects; pages and checks read them. A plan also contains the sentences that pages show about the Secrets
 * and requirements of the plugin, so that one file is enough for a plugin.
 */
import type * as z from 'zod';
import type { ServerFacts } from './server-facts';

/** Every plan names its plugin; what a plugin does not need, its record leaves out. */
export interface PluginPlan {
  /** Name of the plugin in the configuration of SPIRE. */
  readonly plugin: string;
  /** The plugin's `plugin_data`. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The program of a plugin that is not part of SPIRE. @default - the plugin is part of SPIRE */
  readonly program?: PluginProgram;
  /** Volumes that the server's pod gets. @default - none */
  readonly volumes?: readonly PluginVolume[];
  /** Where the server's container mounts volumes of the pod. @default - nowhere */
  readonly mounts?: readonly PluginMount[];
  /** Variables of the server's container. @default - none */
  readonly environment?: readonly PluginVariable[];
  /** Oldest version of the SPIRE server that has what the plan needs. @default - every supported version */
  readonly since?: string;
  /** Keys of `configuration` whose value is a file that must outlive the pod. @default - none */
  readonly lastingFiles?: readonly string[];
  /** Secrets that a person provides. @default - none */
  readonly secrets?: readonly PluginSecret[];
  /** What must be there beside Secrets before the server can start, for the generated README. @default - nothing */
  readonly requirements?: readonly PluginRequirement[];
  /** What the server may do in the Kubernetes API for the plugin. @default - nothing */
  readonly permissions?: PluginPermissions;
  /** What the server dials for the plugin, beside DNS and the API server, which it may dial anyway. @default - nothing */
  readonly egress?: readonly PluginEgress[];
  /** Host whose certificate the plugin verifies by the public CAs. @default - none */
  readonly verifiedByPublicCas?: string;
  /** The cloud whose APIs the plugin calls with credentials that its settings do not name. @default - none */
  readonly cloud?: Cloud;
}

/** A cloud that a server can have an identity in. */
export type Cloud = 'aws' | 'azure' | 'gcp';

export interface PluginProgram {
  /** Path in the server's container. */
  readonly command: string;
  /** @default - none */
  readonly args?: readonly string[];
  /** SHA-256 of the program. @default - SPIRE does not check it */
  readonly checksum?: string;
}

/** A volume from a Secret, from a ConfigMap that the output has for it, with a token of the server's ServiceAccount, or from what a person provides. */
export type PluginVolume =
  | { readonly name: string; readonly secret: string }
  | { readonly name: string; readonly token: PluginToken }
  | { readonly name: string; readonly configMap: PluginConfigMap }
  /** A ConfigMap that a person provides. */
  | { readonly name: string; readonly providedConfigMap: string }
  /** A PersistentVolumeClaim that a person provides. */
  | { readonly name: string; readonly claim: string }
  /** A folder of the node. Only agents may mount one. */
  | { readonly name: string; readonly hostPath: string };

/** A ConfigMap in the namespace of the server. */
export interface PluginConfigMap {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** A token of the server's ServiceAccount, which the kubelet renews. */
export interface PluginToken {
  readonly audience: string;
  /** Name of the file in the volume. */
  readonly file: string;
}

export interface PluginMount {
  /** Name of the volume. */
  readonly name: string;
  readonly path: string;
  /** @default true */
  readonly readOnly?: boolean;
}

/** An environment variable. Its value comes from a Secret, from a field of the pod, or from the plan. */
export type PluginVariable = PluginVariableSource & {
  readonly name: string;
  /**
   * Whether `configuration` refers to it as `$NAME`, which SPIRE replaces by the value at its start. The value is put
   * into JSON as it is, so it must not hold a quotation mark, a backslash or a line break.
   * @default false
   */
  readonly inConfiguration?: boolean;
};

export type PluginVariableSource =
  | { readonly secret: string; readonly key: string }
  /** Path of a field of the pod, as the downward API names it. */
  | { readonly field: string }
  | { readonly value: string };

/** A file that a plugin's settings name. */
export interface PluginFile {
  /** Relative to the fleet file. */
  readonly path: string;
  /** The keys, below the settings, of the value that names it. */
  readonly place: readonly string[];
  /** What it is, for messages, such as "the certificate of the database's CA". */
  readonly what: string;
}

/** A Secret in the namespace of the server. */
export interface PluginSecret {
  readonly name: string;
  readonly type: 'kubernetes.io/tls' | 'Opaque';
  readonly keys: readonly string[];
  /** What the Secret holds, in a few words; two Secrets of one name must hold the same. */
  readonly holds: string;
  /** What it is for and what the server demands of it, for the generated README. */
  readonly purpose: string;
}

export interface PluginRequirement {
  readonly what: string;
  readonly why: string;
}

export interface PluginPermissions {
  /** In the whole cluster. */
  readonly cluster?: readonly PermissionRule[];
  /** In the namespace of the agents. */
  readonly agentNamespace?: readonly PermissionRule[];
  /** By namespace, such as that of the server. The output creates no other; `requirements` names one that a person provides. */
  readonly namespaces?: Readonly<Record<string, readonly PermissionRule[]>>;
}

/** A rule of a role, with the meaning that Kubernetes gives it. */
export interface PermissionRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** @default - every name */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** One address, opened by a NetworkPolicy of its own. */
export interface PluginEgress {
  /** Name of the NetworkPolicy. */
  readonly policy: string;
  /**
   * IP address or DNS name. Policies know IP addresses and namespaces only, so a name opens the port for every address, and the
   * name of a Service every port of its namespace.
   */
  readonly address: string;
  readonly port: number;
}

/** A plugin of a family, by its key, with its settings. */
export interface Choice {
  readonly key: string;
  /** What the record's `settings` has accepted. */
  readonly settings: unknown;
}

/** A plugin that a fleet chooses by its key. */
export interface ChoosablePlugin<Plan extends PluginPlan = PluginPlan> {
  /** Key by which a fleet chooses it. */
  readonly key: string;
  /** What it is, in one or two sentences, for editors and documentation. */
  readonly about: string;
  /** What a fleet may say of it. */
  readonly settings: z.ZodType;
  /** Files with certificates that the settings name. Their text is in the facts of the server. @default - none */
  readonly files?: (settings: unknown) => readonly PluginFile[];
  /** @param settings a value that `settings` has accepted */
  readonly plan: (settings: unknown, server: ServerFacts) => Plan;
}

/** Forgets the type of a plugin's settings, so that plugins of all kinds make one list. */
export function choosable<Settings extends z.ZodType, Plan extends PluginPlan>(
  plugin: Omit<ChoosablePlugin<Plan>, 'settings' | 'files' | 'plan'> & {
    readonly settings: Settings;
    readonly files?: (settings: z.output<Settings>) => readonly PluginFile[];
    readonly plan: (settings: z.output<Settings>, server: ServerFacts) => Plan;
  },
): ChoosablePlugin<Plan> {
  const { files } = plugin;
  return {
    ...plugin,
    files: files && ((settings) => files(settings as z.output<Settings>)),
    plan: (settings, server) => plugin.plan(settings as z.output<Settings>, server),
  };
}
