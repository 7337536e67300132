import type {ProtocolInput, SpokenProtocol} from './ingress-side.ts';

/** By an annotation of the Ingress, else of the Service: `HTTPS`, `grpcs`, `h2-ssl` … */
export function byAnnotation(...names: readonly string[]): (input: ProtocolInput) => SpokenProtocol {
	return ({ingress, service}) => {
		const given = names
			.flatMap((name) => [ingress.annotations[name], service.annotations[name]])
			.find((value) => value !== undefined);
		const value = given?.toLowerCase() ?? '';
		return {
			tls: /^(?:true|https|grpcs|tls|h[12]-ssl)$/u.test(value),
			http2: /^(?:grpcs?|h2|h2c|h2-ssl)$/u.test(value),
			setBy: `annotation ${names[0]}`,
		};
	};
}

/** By an annotation that is read on the Service alone. */
export function byServiceAnnotation(name: string): (input: ProtocolInput) => SpokenProtocol {
	const read = byAnnotation(name);
	return (input) => ({
		...read({...input, ingress: {...input.ingress, annotations: {}}}),
		setBy: `annotation ${name} of the Service`,
	});
}

/** By an annotation of the Ingress that lists Services. */
export function byServiceList(tls: string, grpc: string): (input: ProtocolInput) => SpokenProtocol {
	return ({ingress, service}) => ({
		tls: isListed(ingress.annotations[tls], service.name),
		http2: isListed(ingress.annotations[grpc], service.name),
		setBy: `annotation ${tls}`,
	});
}

function isListed(list: string | undefined, name: string): boolean {
	return (list ?? '').split(',').some((each) => each.trim() === name);
}
