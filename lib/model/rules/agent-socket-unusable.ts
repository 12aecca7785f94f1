/** Finds sockets of the Workload API that Istio's proxies do not find, or that agents refuse. */
import { ADMIN_SOCKET, WORKLOAD_SOCKET } from '../names';
import { agentSetting } from '../settings';
import { defineRule } from './rule';

export const agentSocketUnusable = defineRule({
  code: 'agent-socket-unusable',
  severity: 'error',
  looksFor:
    'another name of the socket of the Workload API than "socket" on a cluster with Istio, or a folder of that socket that contains the socket for delegates',
  why: "a proxy asks istiod for a certificate of another CA if the socket has another name. Agents do not start if pods that mount the folder could reach the delegates' socket.",
  source:
    'istio pkg/security (./var/run/secrets/workload-spiffe-uds/socket); spire cmd/spire-agent/cli/run/run_posix.go getAdminAddr',
  example: { because: 'istio', got: 'agent.sock' },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, istio }] of clusters) {
      const { place } = agentSetting(written, name, 'socket');
      const { socket, delegates } = spire.agent;
      if (istio !== undefined && socket.name !== WORKLOAD_SOCKET.fileName) {
        find([...place, 'name'], { because: 'istio', got: socket.name });
      }
      if (delegates !== undefined && `${ADMIN_SOCKET.hostDirectory}/`.startsWith(`${socket.directory}/`)) {
        find([...place, 'directory'], { because: 'delegates', got: socket.directory });
      }
    }
  },
});
