import type {Ingress} from '../../../model/routes/ingress.ts';
import type {SpokenProtocol} from '../record/ingress-side.ts';
import {annotationOf} from './annotations.ts';

/** By `backend-protocol`, unless TLS is passed through. Port 443 alone makes no TLS. */
export function backendProtocolOf(ingress: Ingress, isPassedThrough: boolean): SpokenProtocol {
	if (isPassedThrough) {
		return {tls: true, setBy: 'annotation nginx.ingress.kubernetes.io/ssl-passthrough'};
	}

	const given = annotationOf(ingress, 'backend-protocol')?.toUpperCase() ?? 'HTTP';
	return {
		tls: given === 'HTTPS' || given === 'GRPCS',
		http2: given.startsWith('GRPC'),
		setBy: 'annotation nginx.ingress.kubernetes.io/backend-protocol',
	};
}
