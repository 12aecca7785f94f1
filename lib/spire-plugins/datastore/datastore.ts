/** The family of datastores: where a SPIRE server keeps entries, attested nodes and bundles. */
import type { ChoosablePlugin, PluginPlan } from '../plugin';

export interface DatastorePlan extends PluginPlan {
  /** Whether several servers can use one datastore. A check refuses replicas where they cannot. */
  readonly isShared: boolean;
}

export type Datastore = ChoosablePlugin<DatastorePlan>;
