import type {ReportMetadata} from '../view/report/report.ts';
import {version} from '../version.ts';
import type {OpenSource} from './source.ts';

export function metadataOf({source, context}: Pick<OpenSource, 'source' | 'context'>): ReportMetadata {
	return {
		at: new Date().toISOString(),
		source,
		context,
		knetVersion: version,
	};
}
