import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {SpokenProtocol} from '../record/ingress-side.ts';

/** upstreamProtocol (internal/dag/accessors.go): appProtocol alone where the port has one. */
export function upstreamProtocol(service: Service, port: ServicePort | undefined): SpokenProtocol {
	if (port?.appProtocol !== undefined) {
		return {...byAppProtocol(port.appProtocol), setBy: 'appProtocol of the port'};
	}

	const listed = (name: string): boolean =>
		(service.annotations[`projectcontour.io/upstream-protocol.${name}`] ?? '')
			.split(',')
			.map((each) => each.trim())
			.some((each) => each !== '' && (each === port?.name || each === String(port?.port)));
	return {
		tls: listed('tls') || listed('h2'),
		http2: listed('h2') || listed('h2c'),
		setBy: 'annotation projectcontour.io/upstream-protocol.tls of the Service',
	};
}

/** toContourProtocol (internal/dag/accessors.go): any other value is plain HTTP. A certificate is verified by BackendTLSPolicy alone. */
export function byAppProtocol(appProtocol: string): {readonly tls: boolean; readonly http2: boolean} {
	return {tls: appProtocol === 'https', http2: appProtocol === 'kubernetes.io/h2c'};
}
