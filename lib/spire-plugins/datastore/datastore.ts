/** The family of datastores: where a SPIRE server keeps entries, attested nodes and bundles. */
import type { ChoosablePlugin, PluginPlan } from '../plugin';

export interface DatastorePlan extends PluginPlan {
  /** Whether several servers can use one datastore. A check refuses replicas where they cannot. */
  readonly isShared: boolean;
  /** Address and name of the database, which only the servers of one cluster may use. @default - it is inside the pod */
  readonly database?: string;
}

export type Datastore = ChoosablePlugin<DatastorePlan>;
