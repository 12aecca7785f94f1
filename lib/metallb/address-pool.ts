/** The addresses that MetalLB may give to this fleet's Services, announced on the local network. */
import { Construct } from 'constructs';
import { IpAddressPool, L2Advertisement } from '../../imports/metallb.io';
import { METALLB, objectLabels } from '../model/names';
import type { ResolvedLoadBalancer } from '../model/resolved-fleet';

/** One IPAddressPool with its L2Advertisement. */
export class AddressPool extends Construct {
  constructor(scope: Construct, id: string, { metallb }: ResolvedLoadBalancer) {
    super(scope, id);
    const metadata = {
      name: METALLB.pool,
      namespace: METALLB.namespace,
      labels: { ...objectLabels('metallb', 'spire') },
    };
    new IpAddressPool(this, 'pool', {
      metadata,
      spec: {
        addresses: [...metallb.addresses],
        // Each Service names its address; another one that asks for any must not take it first.
        autoAssign: false,
      },
    });
    new L2Advertisement(this, 'advertisement', { metadata, spec: { ipAddressPools: [METALLB.pool] } });
  }
}
