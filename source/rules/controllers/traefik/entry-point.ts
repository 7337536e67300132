import {proxyPortOf} from '../record/target-port.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {EntryPoint} from '../../ingress/decision.ts';
import {isOn} from '../record/classes.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Flags} from '../record/facts.ts';
import type {RunningController} from '../record/ingress-side.ts';

/**
The entry point of Traefik that a client's port leads to: Service port → target port → the entry point that listens on
it. Without flags to go by, https is taken to be set up, as its chart does.
*/
export function entryPointOf(
	snapshot: Snapshot,
	controller: RunningController,
	request: HttpRequest,
): EntryPoint {
	const {flags} = controller;
	const names = entryPointNames(flags);
	const port = proxyPortOf(snapshot, controller, request);
	const name = names.find((each) => portOf(flags[`entrypoints.${each}.address`]) === port);
	if (name === undefined) {
		const tls =
			request.scheme === 'https' && (names.length === 0 || names.some((each) => hasTls(flags, each)));
		return {tls, isDefault: true};
	}

	const defaults = names.filter((each) => isOn(flags[`entrypoints.${each}.asdefault`]));
	return {
		name,
		tls: hasTls(flags, name),
		isDefault: defaults.length === 0 || defaults.includes(name),
		redirect: redirectOf(flags, name),
	};
}

export function entryPointNames(flags: Flags): readonly string[] {
	return Object.keys(flags)
		.filter((flag) => flag.startsWith('entrypoints.') && flag.endsWith('.address'))
		.map((flag) => flag.slice('entrypoints.'.length, -'.address'.length));
}

/** `:8000/tcp`, `0.0.0.0:8000`. */
function portOf(address = ''): number | undefined {
	const [, port] = /:(\d+)(?:\/\w+)?$/u.exec(address) ?? [];
	return port === undefined ? undefined : Number(port);
}

function hasTls(flags: Flags, name: string): boolean {
	const flag = `entrypoints.${name}.http.tls`;
	return isOn(flags[flag]) || Object.keys(flags).some((each) => each.startsWith(`${flag}.`));
}

/** `redirections.entrypoint` of an entry point: to another one, or to a port; https and for good unless it says else. */
function redirectOf(flags: Flags, name: string): EntryPoint['redirect'] {
	const prefix = `entrypoints.${name}.http.redirections.entrypoint.`;
	const to = flags[`${prefix}to`];
	if (!to) {
		return undefined;
	}

	const port = portOf(to) ?? portOf(flags[`entrypoints.${to.toLowerCase()}.address`]);
	const permanent = flags[`${prefix}permanent`];
	return {
		scheme: flags[`${prefix}scheme`] || 'https',
		port: port === undefined ? undefined : String(port),
		permanent: permanent === undefined || isOn(permanent),
	};
}
