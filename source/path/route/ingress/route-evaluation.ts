import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Rank} from '../../../rules/rank.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HopEvaluation} from '../../hop-evaluator.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Redirect} from '../../../rules/ingress/decision.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

export type IngressRouteInput = {
	readonly controller: Controller;
	/** All the controller serves, of any namespace. */
	readonly ingresses: readonly Ingress[];
	/** The Ingress that is looked at as a whole. */
	readonly focus?: {readonly namespace: string; readonly name: string};
};

export type IngressRouteEvaluation = HopEvaluation<'route'> & {
	/** Backends that the request can go on to; none where the rule's own is broken. */
	readonly backends: readonly RoutedBackend[];
	readonly redirect?: Pick<Redirect, 'scheme' | 'host' | 'status'>;
	/** It passes the connection on, and has no answer of HTTP. */
	readonly passes?: 'tls';
	/** Among the rules of other kinds that the controller serves. */
	readonly rank?: Rank;
};

export type Asked = DecideInput & Pick<IngressRouteInput, 'focus'>;
