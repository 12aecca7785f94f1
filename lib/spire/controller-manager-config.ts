/** The configuration that the container of spire-controller-manager reads. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CONTROLLER_MANAGER, objectLabels } from '../model/names';
import { completeSettings, type SpireSettings } from '../model/spire/without-fleet';
import { CONTROLLER_MANAGER_CONFIG, renderControllerManagerConfig } from './controller-manager-pod';

/** One ConfigMap, without which the server's pod does not start. */
export class ControllerManagerConfig extends Construct {
  constructor(scope: Construct, id: string, settings: SpireSettings) {
    super(scope, id);
    const props = completeSettings(settings);
    const { serverNamespace: namespace } = props.spire;
    new k8s.KubeConfigMap(this, 'config', {
      metadata: {
        name: CONTROLLER_MANAGER.configMap,
        namespace,
        labels: objectLabels(CONTROLLER_MANAGER.name, 'spire'),
      },
      data: { [CONTROLLER_MANAGER_CONFIG.file]: renderControllerManagerConfig(props) },
    });
  }
}
