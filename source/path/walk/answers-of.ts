import type {Path} from '../report.ts';

export const notKnown = 'not known';

/** What clients get by some paths, in one order. */
export function answersOf(paths: readonly Path[]): readonly string[] {
	return [...new Set(paths.map((path) => `${shareOf(path)}${answerOf(path)}`))].toSorted();
}

function shareOf({share}: Path): string {
	return share === undefined ? '' : `${Math.round(share * 100)} % `;
}

function answerOf(path: Path): string {
	const {hops, verdict, symptom} = path;
	if (verdict === 'broken') {
		return symptom ? symptom.replace('http-', '') : 'broken';
	}

	const redirect = redirectOf(path);
	if (redirect !== undefined) {
		return redirect;
	}

	const service = hops.find(({kind, status}) => kind === 'service' && status !== 'skipped')?.subject;
	return verdict === 'unknown' || !service ? notKnown : `Service ${service.namespace}/${service.name}`;
}

/** `301 https://app.example.com/`: redirects of Ingresses and of routes are told by the same words. */
function redirectOf({hops}: Path): string | undefined {
	const details = hops.find(({kind}) => kind === 'route')?.details;
	const changes = details && 'changes' in details ? (details.changes ?? []) : [];
	const found = changes
		.map((text) => /^redirects to (?<location>\S+) \((?<status>\d+)\)$/v.exec(text)?.groups)
		.find((groups) => groups !== undefined);
	return found && `${found['status']} ${found['location']}`;
}
