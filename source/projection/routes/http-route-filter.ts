import type {HttpRouteFilter} from '../../model/routes/http-route-filter.ts';
import {projectMeta} from '../meta.ts';
import {optionalNumber, optionalRecord, record, type Wire} from '../wire.ts';

/** The default of `statusCode` is 200. */
export function projectHttpRouteFilter(wire: Wire): HttpRouteFilter {
	const response = optionalRecord(record(wire['spec'])['directResponse']);
	return {
		...projectMeta(wire),
		directResponse: response && (optionalNumber(response['statusCode']) ?? 200),
	};
}
