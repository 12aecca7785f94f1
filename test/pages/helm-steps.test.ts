import { renderHelmSteps } from '../../lib/pages/helm-steps';
import { PAIR, resolveText } from '../resolved';

async function commandsOf(text: string): Promise<readonly string[]> {
  return renderHelmSteps((await resolveText(text)).fleet!).filter((line) => line.startsWith('helm '));
}

test('installs the charts of each cluster in their order, at the version of the fleet', async () => {
  const text = `versions: { istio: 1.30.2, kubernetes: "1.34" }${PAIR}`;
  expect((await commandsOf(text)).filter((line) => line.includes(' west '))).toEqual([
    'helm --kube-context west upgrade --install istio-base base --repo https://blob.istio.io/istio-release/charts --version 1.30.2 -n istio-system -f istio/west/base.values.yaml --wait',
    'helm --kube-context west upgrade --install istiod istiod --repo https://blob.istio.io/istio-release/charts --version 1.30.2 -n istio-system -f istio/west/istiod.values.yaml --wait',
    'helm --kube-context west upgrade --install istio-ingressgateway gateway --repo https://blob.istio.io/istio-release/charts --version 1.30.2 -n istio-system -f istio/west/gateway.values.yaml',
  ]);
});

test('takes the charts from the repository that the delivery names', async () => {
  const from = async (charts: string): Promise<string | undefined> => {
    const delivery = `delivery: { repo: "https://git.test/fleet.git", tools: [flux], charts: "${charts}" }`;
    return (await commandsOf(`${PAIR}${delivery}`))[0];
  };
  expect(await from('https://charts.test/istio')).toContain(' istio-base base --repo https://charts.test/istio ');
  expect(await from('oci://registry.test/istio')).toContain(' istio-base oci://registry.test/istio/base ');
});

test('is not there for a fleet without Istio', async () => {
  expect(
    await commandsOf('{ fleet: bare, istio: { dataplane: none }, clusters: { east: { trustDomain: east.test } } }'),
  ).toEqual([]);
});
