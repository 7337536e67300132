import type {Middleware, NameInNamespace} from '../../../model/routes/ingress-route.ts';
import {isKnown, lookup} from '../../../model/snapshot.ts';
import {type Passed, type PassInput, effectOf} from './middleware-effect.ts';

const ofCrd = '@kubernetescrd';
const deepest = 20;

/** A request on its way through middlewares, in their order (pkg/middlewares of Traefik 3.6). */
export function pass(input: PassInput, names: readonly NameInNamespace[]): Passed {
	const start: Passed = {changes: [], undecided: [], urlPath: input.request.urlPath};
	return names.reduce((passed, name) => next(input, passed, {name, depth: 0}), start);
}

type Step = {readonly name: NameInNamespace; readonly depth: number};

function next(input: PassInput, passed: Passed, {name, depth}: Step): Passed {
	if (passed.fault !== undefined) {
		return passed;
	}

	const found = find(input, name);
	if (typeof found === 'string') {
		return {...passed, fault: found};
	}

	if ('unknown' in found) {
		return {...passed, undecided: [...passed.undecided, found.unknown]};
	}

	const {middleware} = found;
	if (middleware.type === 'chain') {
		return depth > deepest
			? {...passed, fault: `middleware ${name.name} is part of itself`}
			: middleware.middlewares.reduce(
					(each, inner) =>
						next({...input, namespace: middleware.namespace}, each, {name: inner, depth: depth + 1}),
					passed,
				);
	}

	// What has been answered already goes no further, and yet a missing middleware after it counts.
	return passed.redirect || passed.answer ? passed : effectOf(middleware, input, passed);
}

type Found = string | {readonly unknown: string} | {readonly middleware: Middleware};

/** resolveReference: by namespace and name; `NAME@PROVIDER` is of another provider. */
function find({snapshot, namespace, allowsCrossNamespace}: PassInput, ref: NameInNamespace): Found {
	if (ref.name.includes('@')) {
		return ref.name.endsWith(ofCrd) && !allowsCrossNamespace
			? `middleware ${ref.name} needs allowCrossNamespace`
			: {unknown: `whether middleware ${ref.name} exists, and what it does`};
	}

	const place = ref.namespace ?? namespace;
	if (place !== namespace && !allowsCrossNamespace) {
		return `middleware ${place}/${ref.name} is in another namespace (allowCrossNamespace is off)`;
	}

	const found = lookup(snapshot, 'Middleware', place, ref.name);
	if ('missing' in found) {
		return `middleware ${place}/${ref.name} does not exist`;
	}

	return 'found' in found
		? {middleware: found.found}
		: isKnown(found.unknown)
			? `middleware ${place}/${ref.name} does not exist`
			: {unknown: `whether middleware ${place}/${ref.name} exists, and what it does`};
}
