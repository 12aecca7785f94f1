/** The installation as Istio's Helm charts read it: values for base, cni, istiod and gateway. */
import { ISTIO_HUB } from '../images/images';
import { completeIstioSettings, type IstioSettings } from '../model/istio/without-fleet';
import { GATEWAY_POD_LABELS, ISTIO, TEMPLATES_ANNOTATION } from '../model/names';
import { gatewayService, istiodValues } from './istio-settings';

/**
 * Values by chart, each after those it needs. `cni` is there only with Istio's CNI plugin, and `gateway` only with a gateway.
 * The release of the gateway is named like the gateway.
 */
export function helmValues(settings: IstioSettings): Readonly<Record<string, object>> {
  const props = completeIstioSettings(settings);
  const service = gatewayService(props);
  return {
    base: { defaultRevision: 'default' },
    ...(props.istio.cni && { cni: { global: { hub: ISTIO_HUB, tag: props.istio.version } } }),
    istiod: istiodValues(props),
    ...(service && {
      gateway: {
        name: ISTIO.gateway,
        // The chart's image is "auto" until the webhook names it, and for a name without a tag the default is Always:
        // a gateway that restarts would wait for a registry, though the node has the pinned image.
        imagePullPolicy: 'IfNotPresent',
        labels: GATEWAY_POD_LABELS,
        podAnnotations: { [TEMPLATES_ANNOTATION]: `gateway,${ISTIO.gatewayTemplate}` },
        serviceAccount: { create: true, name: ISTIO.gatewayServiceAccount },
        service,
      },
    }),
  };
}
