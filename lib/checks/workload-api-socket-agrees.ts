/** Checks that agents, the CSI driver and Istio use the same socket. */
import { CSI_DRIVER, SPIRE_AGENT, WORKLOAD_SOCKET } from '../model/names';
import type { PodTemplate } from './cluster-objects';
import type { OutputRule } from './output-rule';
import { agree, at, spireConfigurations } from './spire-configurations';

export const workloadApiSocketAgrees: OutputRule = {
  name: 'workload-api-socket-agrees',
  looksFor:
    "a folder of the Workload API's socket that differs between agent and CSI driver, or a name of the socket that Istio does not look for",
  why: 'pods mount an empty folder. The proxy waits forever, or asks istiod for a certificate of another CA.',
  source: 'istio pkg/security (./var/run/secrets/workload-spiffe-uds/socket); spiffe-csi#16',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    const [agent, driver] = [objects.podOf(SPIRE_AGENT.name), objects.podOf(CSI_DRIVER.name)];
    if (all === undefined || agent === undefined || driver === undefined) return;
    const socket = String(at(all.agent.content, 'agent', 'socket_path'));
    const end = socket.lastIndexOf('/');
    agree(report, agent, 'socket directory', [
      socket.slice(0, end),
      objects.mountPathOf(agent, 'socket'),
      hostPath(agent, 'socket'),
      hostPath(driver, 'agent-socket'),
    ]);
    agree(report, agent, 'socket name that Istio looks for', [WORKLOAD_SOCKET.fileName, socket.slice(end + 1)]);
    agree(report, driver, 'kubelet directory', [
      `${cluster.kubelet.directory}/pods`,
      hostPath(driver, 'pods'),
      objects.mountPathOf(driver, 'pods'),
    ]);
  },
};

function hostPath({ spec }: PodTemplate, name: string): string | undefined {
  return spec.volumes?.find((volume) => volume.name === name)?.hostPath?.path;
}
