import type {RouterInputOf, RouterProblem} from '../router.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {GatewayProxy, ProxyServer} from '../../istio/servers.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {refOf} from '../../../model/ref.ts';

export type Input = RouterInputOf<'VirtualService'>;

export type Case = {
	readonly snapshot: Snapshot;
	readonly proxy: GatewayProxy;
	readonly request: HttpRequest;
	readonly servers: readonly ProxyServer[];
};

type Place = Pick<RouterProblem, 'object' | 'field' | 'value'>;

export function serverPlace({gateway, index}: ProxyServer, field: string, value: string): Place {
	return {object: refOf('IstioGateway', gateway), field: `spec.servers[${index}].${field}`, value};
}
