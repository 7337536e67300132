import type {ServiceDetails} from '../../path/details.ts';
import type {Line} from '../text/line.ts';
import {blocks, fact, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';

/** The Service port that is used, and what of the Service decides where it leads. */
export function serviceLines(details: ServiceDetails, renderOptions: RenderOptions): readonly Line[] {
	const {port, selector} = details;
	return blocks(
		[
			...fact('type', details.type),
			...fact('cluster IP', details.clusterIPs.join(' ')),
			...fact('external name', details.externalName),
			...fact('service port', port && `${port.port}/${port.protocol}${port.name ? `  ${port.name}` : ''}`),
			...fact('target port', port && String(port.targetPort)),
			...fact('node port', port?.nodePort?.toString()),
			...fact('selector', selector && pairs(selector)),
			...fact('IP families', details.ipFamilies?.join(' ')),
			...fact('inside policy', details.internalTrafficPolicy),
			...fact('outside policy', details.externalTrafficPolicy),
			...fact('affinity', details.sessionAffinity === 'None' ? undefined : details.sessionAffinity),
			...(details.routedBy ?? []).flatMap((text, position) => fact(position === 0 ? 'routed by' : '', text)),
		],
		observedLines(details.observed, renderOptions),
	);
}

/** A selector in words that can be broken: `app=web, tier=front`. */
function pairs(selector: Readonly<Record<string, string>>): string {
	return Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(', ');
}
