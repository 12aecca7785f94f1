/** The one model of how Istio is installed with SPIRE; the IstioOperator file and the Helm values are two spellings of it. */

import { ISTIO_HUB } from '../images/images';
import { type AddressFamily, pinnedAddress } from '../model/cluster/load-balancer';
import { renderYaml } from '../model/configuration';
import type { CompleteIstio } from '../model/istio/without-fleet';
import { CSI_DRIVER, ISTIO, WORKLOAD_SOCKET } from '../model/names';

export interface MeshConfig {
  readonly trustDomain: string;
  readonly accessLogFile: string;
  readonly pathNormalization: { readonly normalization: string };
  readonly defaultConfig: {
    /** Set where the proxy starts beside the program; a native sidecar starts before it by itself. */
    readonly holdApplicationUntilProxyStarts?: true;
    readonly proxyMetadata: { readonly [name: string]: string };
  };
}

/** Values that istiod's chart takes, alone or inside an IstioOperator. */
export interface IstiodValues {
  readonly meshConfig: MeshConfig;
  readonly pilot: { readonly cni?: { readonly enabled: true }; readonly env: { readonly [name: string]: string } };
  readonly sidecarInjectorWebhook: { readonly templates: { readonly [name: string]: string } };
  readonly global: {
    readonly hub: string;
    readonly tag: string;
    readonly meshID: string;
    readonly multiCluster: { readonly clusterName: string };
    readonly proxy?: { readonly seccompProfile: { readonly type: 'RuntimeDefault' } };
  };
}

export function istiodValues({ name, trustDomain, istio }: CompleteIstio): IstiodValues {
  return {
    meshConfig: {
      trustDomain,
      accessLogFile: '/dev/stdout',
      // The gateway lets some paths through and not others; an encoded slash must not lead around that.
      pathNormalization: { normalization: 'DECODE_AND_MERGE_SLASHES' },
      defaultConfig: {
        // Callers use a host name of a workload in another cluster that no DNS server knows, so the sidecar resolves it.
        proxyMetadata: {
          ISTIO_META_DNS_CAPTURE: 'true',
          // The answer is an address that Istio makes up; where istiod does not do so by itself, there would be none.
          ...(!istio.allocatesAddresses && { ISTIO_META_DNS_AUTO_ALLOCATE: 'true' }),
        },
        // A program that starts beside its proxy makes its first calls without an SVID, and a Job fails by them.
        ...(!istio.nativeSidecars && { holdApplicationUntilProxyStarts: true }),
      },
    },
    pilot: {
      // What istiod injects then is a container that checks whether the plugin has done its work.
      ...(istio.cni && { cni: { enabled: true } }),
      // Said outright, so that istiod injects what the template below is shaped for, whatever the nodes report.
      env: { ENABLE_NATIVE_SIDECARS: String(istio.nativeSidecars) },
    },
    sidecarInjectorWebhook: {
      templates: {
        [ISTIO.sidecarTemplate]: socketTemplate(istio.nativeSidecars ? 'initContainers' : 'containers', {}),
        // A gateway's proxy is its only container, never a native sidecar.
        [ISTIO.gatewayTemplate]: socketTemplate('containers', istio.gatewayVolumeIsSet ? { emptyDir: null } : {}),
      },
    },
    global: {
      hub: ISTIO_HUB,
      tag: istio.version,
      meshID: name,
      multiCluster: { clusterName: name },
      ...(istio.cni && istio.proxySeccomp && { proxy: { seccompProfile: { type: 'RuntimeDefault' } } }),
    },
  };
}

/**
 * Replaces the empty volume of Istio's own template by the agent's socket; read-only, so that no proxy can put one there.
 * Where that template has set a source outright, a null in `cleared` takes it away; a volume has one source only.
 */
function socketTemplate(where: 'containers' | 'initContainers', cleared: { readonly emptyDir?: null }): string {
  return renderYaml({
    spec: {
      [where]: [{ name: 'istio-proxy', volumeMounts: [socketMount()] }],
      volumes: [{ ...socketVolume(), ...cleared }],
    },
  });
}

export function socketMount(): { readonly name: string; readonly mountPath: string; readonly readOnly: boolean } {
  return { name: WORKLOAD_SOCKET.volume, mountPath: WORKLOAD_SOCKET.proxyDirectory, readOnly: true };
}

export function socketVolume(): {
  readonly name: string;
  readonly csi: { readonly driver: string; readonly readOnly: boolean };
} {
  return { name: WORKLOAD_SOCKET.volume, csi: { driver: CSI_DRIVER.driver, readOnly: true } };
}

export interface GatewayService extends Partial<AddressFamily> {
  readonly type: 'LoadBalancer';
  readonly annotations?: { readonly [key: string]: string };
  readonly loadBalancerIP?: string;
  readonly allocateLoadBalancerNodePorts?: false;
  readonly loadBalancerClass?: string;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number }[];
}

/** Port of the gateway's pods behind the Service's port; below 1024 they would need to be root. */
const GATEWAY_POD_PORT = 8443;

/** The gateway's Service, with its address; undefined for a cluster that serves nothing to others. */
export function gatewayService({ gateway, loadBalancer }: CompleteIstio): GatewayService | undefined {
  if (gateway === undefined) {
    return undefined;
  }
  const pinned = pinnedAddress(gateway, loadBalancer);
  const { annotations, loadBalancerIp, allocateNodePorts, loadBalancerClass, family } = pinned;
  return {
    type: 'LoadBalancer',
    ...(annotations && { annotations }),
    ...(loadBalancerIp && { loadBalancerIP: loadBalancerIp }),
    ...(allocateNodePorts === false && { allocateLoadBalancerNodePorts: false }),
    ...(loadBalancerClass && { loadBalancerClass }),
    ...family,
    ports: [
      { name: 'status-port', port: 15021, targetPort: 15021 },
      { name: 'https', port: gateway.port, targetPort: GATEWAY_POD_PORT },
    ],
  };
}
