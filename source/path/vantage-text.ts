import type {Vantage} from '../model/evidence.ts';

/** Where a probe was made from, in words. */
export function vantageText(vantage: Vantage): string {
	switch (vantage.type) {
		case 'machine':
			return 'this machine';
		case 'api-server':
			return 'the API server';
		case 'port-forward':
			return 'inside the pod (port-forward)';
		case 'node':
			return `node ${vantage.node}`;
		case 'pod':
			return `pod ${vantage.namespace}/${vantage.pod}`;
	}
}
