/** The installation as Istio's Helm charts read it: values for base, cni, istiod and gateway. */

import { ISTIO_HUB } from '../images/images';
import { GATEWAY_POD_LABELS, ISTIO, TEMPLATES_ANNOTATION } from '../model/names';
import { gatewayService, type IstioProps, istiodValues } from './istio-settings';

/** Values by chart, each after those it needs; `cni` only where the fleet asks for it, `gateway` only where other clusters call in. The release of the gateway is named like the gateway. */
export function helmValues(props: IstioProps): Readonly<Record<string, object>> {
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
