import {refText} from '../../../model/ref.ts';
import {finding, type Finding} from '../../finding.ts';
import type {Path} from '../../report.ts';
import {routeFindings} from '../../route/catalogue.ts';
import {answersOf, notKnown} from '../answers-of.ts';
import {atRoute} from './at-route.ts';
import type {Frontend} from './frontend.ts';
import {frontendPaths} from './frontend-paths.ts';

/** KNET450 at the first path, where fronts of different controllers name the host and answer differently. */
export function withDifferences(
	paths: readonly Path[],
	frontends: readonly Frontend[],
	title: string,
): readonly Path[] {
	const found = paths.length > 0 ? difference(frontends, title) : undefined;
	return found ? atRoute(paths, found) : paths;
}

function difference(all: readonly Frontend[], title: string): Finding | undefined {
	const served = all.filter(
		({fit, controller, controllerHop}) => fit > 1 && controller && controllerHop.hop.status !== 'broken',
	);
	const programs = Map.groupBy(served, programOf);
	const [one, ...others] = [...programs.values()].map(([frontend]) => frontend!);
	if (!one || others.length === 0) {
		return undefined;
	}

	const fronts = [one, ...others].map((front) => ({front, answers: answersOf(frontendPaths(title, front))}));
	const [here, ...there] = fronts;
	const other = there.find(({answers}) => answers.join() !== here?.answers.join());
	if (!here || !other || fronts.some(({answers}) => answers.includes(notKnown))) {
		return undefined;
	}

	const text = ({front, answers}: typeof here): string => `${answers.join(', ')} from ${front.name}`;
	return finding(routeFindings.frontsDiffer, {
		message: `A client gets ${text(here)}, and ${text(other)}.`,
		evidence: [here, other].map(({front, answers}) => ({
			object: front.name,
			path: 'answer',
			value: answers.join(', '),
		})),
		remedy: 'Make the rules equal, unless the two fronts are for different clients.',
		command: `knet compare ${title}`,
	});
}

/** Ingresses and routes of one program have one address, and are one front. */
function programOf({name, controller}: Frontend): string {
	return controller?.workload ? refText(controller.workload) : name;
}
