/** The installation as `istioctl install -f` reads it. No cluster has a controller for this kind any more. */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { completeIstioSettings, type IstioSettings } from '../model/istio/without-fleet';
import { GATEWAY_POD_LABELS, ISTIO, WORKLOAD_SOCKET } from '../model/names';
import {
  type GatewayService,
  gatewayService,
  type IstiodValues,
  istiodValues,
  type MeshConfig,
  socketMount,
  socketVolume,
} from './istio-settings';

/** The part of the IstioOperator API that is emitted; Istio publishes no CRD for it. */
interface IstioOperatorSpec {
  readonly profile: 'default';
  readonly hub: string;
  readonly tag: string;
  readonly meshConfig: MeshConfig;
  readonly values: Omit<IstiodValues, 'meshConfig'>;
  readonly components: {
    readonly cni?: { readonly enabled: true; readonly namespace: string };
    readonly ingressGateways: readonly IngressGateway[];
  };
}

interface IngressGateway {
  readonly name: string;
  readonly enabled: boolean;
  readonly k8s?: {
    readonly service: Omit<GatewayService, 'annotations'>;
    readonly serviceAnnotations?: { readonly [key: string]: string };
    readonly overlays: readonly Overlay[];
  };
}

interface Overlay {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly patches: readonly { readonly path: string; readonly value: unknown }[];
}

/** One IstioOperator. API servers do not accept it, so it must be in a chart of its own that is not applied. */
export class IstioOperator extends Construct {
  constructor(scope: Construct, id: string, settings: IstioSettings) {
    super(scope, id);
    const props = completeIstioSettings(settings);
    const { meshConfig, ...values } = istiodValues(props);
    new IstioOperatorObject(this, 'istio-operator', {
      profile: 'default',
      hub: values.global.hub,
      tag: values.global.tag,
      meshConfig,
      values,
      components: {
        ...(props.istio.cni && { cni: { enabled: true, namespace: ISTIO.cniNamespace } }),
        ingressGateways: [ingressGateway(gatewayService(props))],
      },
    });
  }
}

class IstioOperatorObject extends ApiObject {
  constructor(scope: Construct, id: string, spec: IstioOperatorSpec) {
    super(scope, id, {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      metadata: { name: 'istio', namespace: ISTIO.namespace },
      spec,
    });
  }
}

function ingressGateway(service: GatewayService | undefined): IngressGateway {
  if (service === undefined) {
    return { name: ISTIO.gateway, enabled: false };
  }
  const { annotations, ...rest } = service;
  return {
    name: ISTIO.gateway,
    enabled: true,
    k8s: {
      service: rest,
      ...(annotations && { serviceAnnotations: annotations }),
      overlays: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: ISTIO.gateway, patches: gatewayPatches() }],
    },
  };
}

/** This gateway is rendered whole, not injected, so its template gets the socket and the label by patches. */
function gatewayPatches(): Overlay['patches'] {
  return [
    ...Object.entries(GATEWAY_POD_LABELS).map(([key, value]) => ({
      path: `spec.template.metadata.labels.${key.replaceAll('.', '\\.')}`,
      value,
    })),
    { path: `spec.template.spec.volumes.[name:${WORKLOAD_SOCKET.volume}]`, value: socketVolume() },
    {
      path: `spec.template.spec.containers.[name:istio-proxy].volumeMounts.[name:${WORKLOAD_SOCKET.volume}]`,
      value: socketMount(),
    },
  ];
}
