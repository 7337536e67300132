import {fileURLToPath} from 'node:url';

/** Image of Kubernetes' own test server, agnhost; one that nodes hold already is not pulled. */
export const image = process.env['KNET_TEST_IMAGE'] ?? 'registry.k8s.io/e2e-test-images/agnhost:2.53';
export const pullPolicy = process.env['KNET_TEST_PULL_POLICY'] ?? 'IfNotPresent';

/**
A program of the machine that holds the cluster: `in client COMMAND…` runs a command outside the cluster, `freeze NODE` and
`thaw NODE` keep a kube-proxy from writing, `proxy-mode MODE`, `stop` and `start` a component. Tests that need it are skipped without it.
*/
export const hostHelper = process.env['KNET_CLUSTER'];

/** Nobody else uses the cluster: what everybody depends on may be stopped for a moment. */
export const isAlone = process.env['KNET_CLUSTER_ALONE'] === '1';

/** Address of the load balancer in front of the controller, where this machine reaches it by itself. */
export const balancerAddress = process.env['KNET_LB_ADDRESS'] || undefined;

/** Whether requests from outside can be sent at all. */
export const canAskFromOutside = hostHelper !== undefined || balancerAddress !== undefined;

/** Port of a listener that the controller of the first GatewayClass serves plain HTTP on. */
export const gatewayPort = Number(process.env['KNET_GATEWAY_PORT'] ?? 80);

/** The build that is tested. */
export const program =
	process.env['KNET_TEST_PROGRAM'] ?? fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Image of Traefik for a controller of the test's own. */
export const traefikImage = process.env['KNET_TEST_TRAEFIK'] || undefined;
