/** All node attestors. */
import { k8sPsat } from './k8s-psat';
import type { NestedAgentsAttestor, NodeAttestor, OwnAgentsAttestor } from './node-attestor';
import { x509pop } from './x509pop';

/** Attests the agents on the nodes of a server's own cluster. */
export const OWN_AGENTS_ATTESTOR: OwnAgentsAttestor = k8sPsat;

/** Attests the agents beside nested servers. */
export const NESTED_AGENTS_ATTESTOR: NestedAgentsAttestor = x509pop;

/** In the order of the server's configuration. */
export const NODE_ATTESTORS: readonly NodeAttestor[] = [k8sPsat, x509pop];
