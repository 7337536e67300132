import type {Ingress} from '../../model/routes/ingress.ts';
import {matchHost} from '../host-match.ts';
import type {RouteInput, RuleRef} from './decision.ts';
import {defaultRule, oldestFirst} from './rules.ts';

/** What a default backend is for: any host (of the oldest Ingress, or of one that names it), those that no rule names, those that its own Ingress names, or nothing. */
export type Defaults = 'any-host' | 'oldest' | 'unnamed-hosts' | 'owner' | 'none';

/** In the order in which they are looked at: first that of an Ingress which names the host. `hosts`: those that rules name for it. */
export function defaultsFor(
	{ingresses, request: {host}}: RouteInput,
	hosts: readonly {readonly host: string}[],
	defaults: Defaults,
): readonly RuleRef[] {
	if (defaults === 'none' || (defaults === 'unnamed-hosts' && hosts.some((named) => named.host !== ''))) {
		return [];
	}

	const withDefault = oldestFirst(ingresses).filter(({defaultBackend}) => defaultBackend);
	if (defaults === 'oldest') {
		return withDefault.flatMap((ingress) => defaultRule(ingress) ?? []);
	}

	const namesHost = ({rules}: Ingress): boolean =>
		rules.some((rule) => matchHost(rule.host, host, {wildcard: 'one-label'}) > 0);
	const owner = withDefault.find(namesHost);
	const best =
		defaults === 'owner'
			? owner
			: (owner ?? withDefault.find(({rules}) => rules.length === 0) ?? withDefault[0]);
	return best ? [defaultRule(best)].filter((rule) => rule !== undefined) : [];
}
