/** Finds another folder or name of the socket by which pods get their SVIDs. */
import { fieldsNamed, type RiskRule } from './risk-rule';

export const workloadSocket: RiskRule = {
  name: 'workload-socket',
  risk: 'trust',
  looksFor: 'another folder or name of the socket of the Workload API in the configuration of SPIRE',
  why: 'the CSI driver mounts the folder when a pod starts. Running pods keep the old folder, where no agent answers any more.',
  assess: (change) =>
    change.item.kind === 'ConfigMap' && change.action === 'changed' && fieldsNamed(change, 'socket_path').length > 0
      ? ['running pods keep the old socket, where no agent answers any more; replace all pods before their SVIDs end']
      : [],
};
