/** A cluster with SPIRE and a federation, in a cdk8s app without a fleet file. */
import { readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { checkApp, FederatedCluster } from 'cdk8s-spire';

export function wholeCluster(folder: string): App {
  const app = new App();
  const chart = new Chart(app, 'east');
  new FederatedCluster(chart, 'east', {
    trustDomain: 'cluster1.demo',
    root: readFileSync(`${folder}/cluster1.demo.pem`, 'utf8'),
    now: new Date(),
    spire: { caTtl: '48h' },
    bundleEndpoint: { address: 'spire.east.example.org' },
    federatesWith: {
      bank: {
        trustDomain: 'cluster2.demo',
        root: readFileSync(`${folder}/cluster2.demo.pem`, 'utf8'),
        bundleEndpoint: { url: 'https://spire.bank.example:8443' },
      },
    },
    workloads: { shop: { image: 'registry.example.org/shop:1.4.2', port: 8080 } },
  });
  const faults = checkApp(app, { kubernetes: '1.36' });
  if (faults.length > 0) throw new Error(faults.map(({ object, reason }) => `${object} ${reason}`).join('\n'));
  return app;
}
