/** The entry that lets a SPIRE server sign the CA of one nested server, and of no other workload. */
import { Construct } from 'constructs';
import { ClusterStaticEntry } from '../../imports/spire.spiffe.io';
import { SERVER_USER } from '../model/cluster/pod-security';
import { DEFAULT_CLASS, objectLabels } from '../model/names';
import { nestedServerSpiffeId, upstreamAgentSpiffeId } from '../model/spire/spiffe-id';

export interface NestedServerProps {
  readonly trustDomain: string;
  /** Cluster of the nested server. @default - the id of the construct */
  readonly nested?: string;
  /** Class that the controller manager serves. @default 'spire' */
  readonly className?: string;
}

/** One ClusterStaticEntry. The SPIFFE ID of the agent follows from its certificate, so it is known in advance. */
export class NestedServer extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { trustDomain, nested = id, className = DEFAULT_CLASS }: NestedServerProps,
  ) {
    super(scope, id);
    new ClusterStaticEntry(this, 'cluster-static-entry', {
      metadata: { name: `nested-${nested}`, labels: { ...objectLabels('spire-identities', 'spire') } },
      spec: {
        className,
        spiffeId: nestedServerSpiffeId(trustDomain, nested),
        parentId: upstreamAgentSpiffeId(trustDomain, nested),
        selectors: [`unix:uid:${SERVER_USER}`],
        downstream: true,
      },
    });
  }
}
