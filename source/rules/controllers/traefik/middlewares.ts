import {differsByAtMost} from '../../../model/matching/edit-distance.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {Middlewares, RouteInput} from '../../ingress/decision.ts';
import {isOfIdleProvider} from './providers.ts';

const annotation = 'traefik.ingress.kubernetes.io/router.middlewares';
const ofCrd = '@kubernetescrd';

type Input = Pick<RouteInput, 'settings' | 'middlewares'>;

export function middlewaresOf(snapshot: Snapshot): Middlewares {
	const state = snapshot.state('Middleware');
	return {all: snapshot.list('Middleware'), areKnown: state.state === 'stale' || isKnown(state)};
}

/**
The first middleware of an Ingress that does not exist. A router with such a middleware is left out. Source: Traefik's
pkg/server/middleware (BuildChain: "middleware … does not exist") and pkg/server/router.
*/
export function missingMiddleware(
	ingress: Ingress,
	input: Input,
): {readonly why: string; readonly remedy: string} | undefined {
	const name = namesOf(ingress).find((each) => exists(each, input) === false);
	if (name === undefined) {
		return undefined;
	}

	const why = isOfIdleProvider(name, input.settings)
		? 'of a provider that this Traefik does not run'
		: 'which does not exist';
	return {why: `it names middleware ${name}, ${why}`, remedy: remedy(name, input)};
}

/** The first middleware of an Ingress that may exist or not: of another provider, or where Middlewares cannot be read. */
export function unknownMiddleware(ingress: Ingress, input: Input): string | undefined {
	return namesOf(ingress).find((each) => exists(each, input) === undefined);
}

function namesOf(ingress: Ingress): readonly string[] {
	return (ingress.annotations[annotation] ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
}

/** A name without provider means the Ingress provider, which makes no middleware. */
function exists(name: string, {settings, middlewares}: Input): boolean | undefined {
	if (!name.includes('@') || isOfIdleProvider(name, settings)) {
		return false;
	}

	const objects = name.endsWith(ofCrd) ? middlewares?.() : undefined;
	return objects?.all.some((each) => spelled(each) === name) || (objects?.areKnown ? false : undefined);
}

/** As Traefik names an object: everything but letters and digits becomes a dash (provider.Normalize of NAMESPACE-NAME). */
function spelled({namespace, name}: Middlewares['all'][number]): string {
	return `${dashed(`${namespace}-${name}`)}${ofCrd}`;
}

function dashed(text: string): string {
	return text
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join('-');
}

function remedy(name: string, {middlewares}: Input): string {
	const [stem = ''] = name.split('@');
	const near = middlewares?.().all.find((each) => isMeant(dashed(stem), each));
	return near
		? `Write ${spelled(near)} in annotation ${annotation}.`
		: `Create the Middleware, or name one that exists as NAMESPACE-NAME${ofCrd} in annotation ${annotation}.`;
}

/** By its own name without the namespace, or with a slip. */
function isMeant(stem: string, each: Middlewares['all'][number]): boolean {
	const whole = dashed(`${each.namespace}-${each.name}`);
	return stem === dashed(each.name) || differsByAtMost(2, stem, whole);
}
