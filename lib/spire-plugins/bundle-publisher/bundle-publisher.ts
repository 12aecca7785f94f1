/** The family of bundle publishers: where a SPIRE server keeps a copy of its trust bundle for readers that do not ask the server. */
import type * as z from 'zod';
import type { ChoosablePlugin, PluginPlan } from '../plugin';
import type { ServerFacts } from '../server-facts';

export interface BundlePublisherPlan extends PluginPlan {
  /** The object that the server writes, for messages. Two publishers that write one object erase the work of each other. */
  readonly target: string;
  /** Most certificates of CAs that fit into the target. @default - any number */
  readonly mostCertificates?: number;
}

/** A publisher has a name in the fleet, because a server can have several. */
export interface BundlePublisher extends Omit<ChoosablePlugin<BundlePublisherPlan>, 'files' | 'plan'> {
  /**
   * Whether a server can have several. SPIRE loads one plugin of each name, so this is only possible where one plugin writes to
   * several places, each an entry of a map in its configuration.
   * @default false
   */
  readonly several?: boolean;
  /** @param settings a value that `settings` has accepted */
  readonly plan: (settings: unknown, server: ServerFacts, name: string) => BundlePublisherPlan;
}

/** Forgets the type of a publisher's settings, so that publishers of all kinds make one list. */
export function bundlePublisher<Settings extends z.ZodType>(
  publisher: Omit<BundlePublisher, 'settings' | 'plan'> & {
    readonly settings: Settings;
    readonly plan: (settings: z.output<Settings>, server: ServerFacts, name: string) => BundlePublisherPlan;
  },
): BundlePublisher {
  return {
    ...publisher,
    plan: (settings, server, name) => publisher.plan(settings as z.output<Settings>, server, name),
  };
}
