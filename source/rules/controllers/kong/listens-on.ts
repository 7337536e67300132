import type {ListensOn} from '../record/listens-on.ts';

/**
`proxy_listen` of Kong Gateway (kong.conf.default): `0.0.0.0:8000 reuseport, [::]:8443 http2 ssl`, or `off`. Ports of
`stream_listen` take connections, too.
*/
export const listensOn: ListensOn = (_snapshot, {flags}) => {
	const given = flags['kong-proxy-listen'];
	if (!given || (flags['kong-stream-listen'] ?? 'off') !== 'off') {
		return undefined;
	}

	const ports = given.trim() === 'off' ? [] : given.split(',').map(portOf);
	return ports.every((port) => port !== undefined)
		? {requests: ports, beside: [8001, 8002, 8003, 8004, 8005, 8006, 8007, 8100, 8444, 8445]}
		: undefined;
};

function portOf(address: string): number | undefined {
	const [, port] = /^\s*(?:\[[\d:a-f]*\]|[^:\s]+):(\d+)(?:\s|$)/iu.exec(address) ?? [];
	return port === undefined ? undefined : Number(port);
}
