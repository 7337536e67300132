import type {ServiceDetails} from '../../path/details.ts';
import type {Line} from '../text/line.ts';
import {blocks, fact, type RenderOptions} from './render-options.ts';
import {observedLines} from './observed-lines.ts';
import {labelsText} from '../../path/words.ts';

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
			...fact('selector', selector && labelsText(selector, ', ')),
			...fact('IP families', details.ipFamilies?.join(' ')),
			...fact('inside policy', details.internalTrafficPolicy),
			...fact('outside policy', details.externalTrafficPolicy),
			...fact('affinity', details.sessionAffinity === 'None' ? undefined : details.sessionAffinity),
			...(details.routedBy ?? []).flatMap((text, position) => fact(position === 0 ? 'routed by' : '', text)),
		],
		observedLines(details.observed, renderOptions),
	);
}
