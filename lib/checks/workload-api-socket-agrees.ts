/** Checks that agents, the CSI driver and Istio use the same socket. */
import { posix } from 'node:path';
import { CSI_DRIVER, SPIRE_AGENT, WORKLOAD_SOCKET } from '../model/names';
import type { PodTemplate } from './cluster-objects';
import type { OutputRule } from './output-rule';
import { agree, at, spireConfigurations } from './spire-configurations';

export const workloadApiSocketAgrees: OutputRule = {
  name: 'workload-api-socket-agrees',
  looksFor:
    "a folder of the Workload API's socket that differs between agent and CSI driver, a name of the socket that Istio or programs do not look for, or an admin socket of agents that is not in its folder on the node",
  why: 'pods mount an empty folder. The proxy waits forever, or asks istiod for a certificate of another CA.',
  source: 'istio pkg/security (./var/run/secrets/workload-spiffe-uds/socket); spiffe-csi#16',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    const [agent, driver] = [objects.podOf(SPIRE_AGENT.name), objects.podOf(CSI_DRIVER.name)];
    if (all === undefined || agent === undefined || driver === undefined) return;
    const socket = String(at(all.agent.content, 'agent', 'socket_path'));
    agree(report, agent, 'socket directory', [
      posix.dirname(socket),
      objects.mountPathOf(agent, 'socket'),
      hostPath(agent, 'socket'),
      hostPath(driver, 'agent-socket'),
    ]);
    agree(report, agent, 'socket name that pods look for', [
      cluster.istio === undefined ? cluster.spire.agent.socket.name : WORKLOAD_SOCKET.fileName,
      posix.basename(socket),
    ]);
    const admin = at(all.agent.content, 'agent', 'admin_socket_path');
    if (admin !== undefined) {
      agree(report, agent, 'directory of the admin socket', [
        posix.dirname(String(admin)),
        objects.mountPathOf(agent, 'admin-socket'),
        hostPath(agent, 'admin-socket'),
      ]);
    }
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
