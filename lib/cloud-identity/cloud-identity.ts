/**
 * The family of cloud identities: what a SPIRE server is in the identity management of a cloud. Its plugins sign in to
 * the APIs of that cloud with the token of its ServiceAccount, so that no credential is kept anywhere.
 */
import type * as z from 'zod';
import type { Cloud, PluginEgress, PluginRequirement } from '../spire-plugins/plugin';

export interface CloudIdentityPlan {
  readonly cloud: Cloud;
  /** Annotations of the server's ServiceAccount. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels of the server's pods. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** What the server dials to exchange its token. */
  readonly egress: readonly PluginEgress[];
  /** What must be there before the server can sign in, for the generated README. */
  readonly requirements: readonly PluginRequirement[];
}

/** The ServiceAccount of a SPIRE server. */
export interface ServerAccount {
  readonly namespace: string;
  readonly name: string;
}

export interface CloudIdentity {
  /** Key by which a fleet chooses it. */
  readonly key: Cloud;
  /** Name of the cloud in sentences. */
  readonly name: string;
  /** What it is, in a sentence, for editors and documentation. */
  readonly about: string;
  /** What a fleet says of it. */
  readonly settings: z.ZodType;
  /** @param settings a value that `settings` has accepted */
  readonly plan: (settings: unknown, account: ServerAccount) => CloudIdentityPlan;
}

/** Forgets the type of the settings, so that identities of all clouds make one list. */
export function cloudIdentity<Settings extends z.ZodType>(
  identity: Omit<CloudIdentity, 'settings' | 'plan'> & {
    readonly settings: Settings;
    readonly plan: (settings: z.output<Settings>, account: ServerAccount) => Omit<CloudIdentityPlan, 'cloud'>;
  },
): CloudIdentity {
  return {
    ...identity,
    plan: (settings, account) => ({
      cloud: identity.key,
      ...identity.plan(settings as z.output<Settings>, account),
    }),
  };
}
