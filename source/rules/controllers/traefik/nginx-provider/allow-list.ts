import type {Ingress} from '../../../../model/routes/ingress.ts';
import {admittedBy, type SourceLists} from '../../../source-lists.ts';
import {annotationOf} from '../../ingress-nginx/annotations.ts';

/** buildIPAllowList of 3.7: a list of those that are kept out is not read. */
export function allowListOf(ingress: Ingress): SourceLists | undefined {
	const name = ['allowlist-source-range', 'whitelist-source-range'].find((each) =>
		annotationOf(ingress, each),
	);
	const lists = name && {
		by: `annotation ${name}`,
		annotation: `nginx.ingress.kubernetes.io/${name}`,
		allowed: annotationOf(ingress, name),
	};
	return lists && admittedBy(lists) !== 'everybody' ? lists : undefined;
}
