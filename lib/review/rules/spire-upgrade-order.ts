/** Finds upgrades of SPIRE that succeed in only one order of applying. */
import { agentSkew } from '../../model/versions';
import type { RiskRule } from './risk-rule';
import { agentChange, serverChange } from './spire-images';

export const spireUpgradeOrder: RiskRule = {
  name: 'spire-upgrade-order',
  risk: 'rollout',
  looksFor: 'a new version of the SPIRE server or agent that is not compatible with the running version of the other',
  why: 'an agent that is newer than its server, or more than one minor version older, can lose its SVID. Then all pods on its node lose theirs.',
  assess: (change, trees) => {
    const [server, agent] = [serverChange(change), agentChange(change)];
    const running = trees.versionsBefore(change.item.cluster);
    const reasons: string[] = [];
    if (agent !== undefined && running.server !== undefined && agentSkew(running.server, agent.to) === 'newer') {
      reasons.push(`agent ${agent.to} is newer than the running server, ${running.server}: roll out the server first`);
    }
    const skew = server && running.agent && agentSkew(server.to, running.agent);
    if (skew === 'newer')
      reasons.push(`the running agents, ${running.agent}, are newer than server ${server?.to}: roll them back first`);
    if (skew === 'older')
      reasons.push(
        `the running agents, ${running.agent}, are too old for server ${server?.to}: upgrade one minor version at a time`,
      );
    return reasons;
  },
};
