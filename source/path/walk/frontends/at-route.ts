import type {Finding} from '../../finding.ts';
import type {Path} from '../../report.ts';

/** The paths, with a finding at the route of the first one. */
export function atRoute(paths: readonly Path[], found: Finding): readonly Path[] {
	return paths.map((path, at) =>
		at === 0
			? {
					...path,
					hops: path.hops.map((hop) =>
						hop.kind === 'route' ? {...hop, findings: [...hop.findings, found]} : hop,
					),
				}
			: path,
	);
}
