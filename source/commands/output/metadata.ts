import type {ReportMetadata} from '../../view/report/report.ts';
import {version} from '../../version.ts';
import {leftOutOf} from './left-out.ts';
import type {OpenSource} from '../data-source/source.ts';

export function metadataOf({
	source,
	context,
	faults,
}: Pick<OpenSource, 'source' | 'context' | 'faults'>): ReportMetadata {
	return {
		at: new Date().toISOString(),
		source,
		context,
		knetVersion: version,
		leftOut: leftOutOf(faults),
	};
}
