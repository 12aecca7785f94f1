/** The family of key managers: where a SPIRE server keeps the private keys of its CA. */
import type { ChoosablePlugin, PluginPlan } from '../plugin';

export interface KeyManagerPlan extends PluginPlan {
  /** Whether the keys outlive the server's pod. Without them, each start of the server makes a new CA. */
  readonly keepsKeys: boolean;
}

export type KeyManager = ChoosablePlugin<KeyManagerPlan>;
