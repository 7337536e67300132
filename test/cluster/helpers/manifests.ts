import {image, pullPolicy} from './environment.ts';

export type ServerOptions = {
	readonly replicas?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly port?: number;
	readonly portName?: string;
	/** Fields of the pod's spec and of its container, as YAML flow text without braces. */
	readonly pod?: string;
	readonly container?: string;
	readonly args?: string;
};

/** A Deployment of agnhost, which answers `/hostname` with the pod's name. */
export function server(name: string, options: ServerOptions = {}): string {
	const {replicas = 2, labels = {app: name}, port = 8080, portName = 'http'} = options;
	const {pod, container, args = `[netexec, --http-port=${port}]`} = options;
	return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: ${JSON.stringify(labels)}}
  template:
    metadata: {labels: ${JSON.stringify(labels)}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: main, ${containerFields(args)}, ports: [{name: ${portName}, containerPort: ${port}}], ${container ?? readiness(port)}}
${pod === undefined ? '' : `      ${pod}\n`}`;
}

function containerFields(args: string): string {
	return `image: "${image}", imagePullPolicy: ${pullPolicy}, args: ${args}`;
}

export function readiness(port: number): string {
	return `readinessProbe: {httpGet: {path: /healthz, port: ${port}}, periodSeconds: 1, failureThreshold: 1}`;
}

/** A pod that requests are sent from. */
export function prober(name = 'prober'): string {
	return `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {terminationGracePeriodSeconds: 1, containers: [{name: main, ${containerFields('[pause]')}}]}
`;
}

/** `spec` in YAML flow text without braces. */
export function service(name: string, spec: string): string {
	return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {${spec}}
`;
}
