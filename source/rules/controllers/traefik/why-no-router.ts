import type {RouteInput, RuleRef} from '../../ingress/decision.ts';
import {missingMiddleware} from './middlewares.ts';
import {impossibleTlsOptions} from './tls-options.ts';

const provider = 'providers.kubernetesingress.';

/** Why Traefik makes no router of a path; undefined when it does (loadConfigurationFromIngresses). */
export function whyNoRouter(input: RouteInput, {ingress, backend}: RuleRef): string | undefined {
	const middleware = missingMiddleware(ingress, input);
	if (middleware) {
		return middleware.why;
	}

	const options = impossibleTlsOptions(ingress, input.settings);
	if (options !== undefined) {
		return `annotation router.tls.options names ${options}, which does not exist`;
	}

	const state = input.backendState(ingress, backend);
	switch (state.type) {
		case 'no-service':
			return 'its Service does not exist, so Traefik makes no router of it';
		case 'no-port':
			return 'its Service has no such port, so Traefik makes no router of it';
		case 'resource':
			return 'its backend is a resource, which Traefik does not support';
		case 'external-name':
			return input.settings[`${provider}allowexternalnameservices`] === 'true'
				? undefined
				: 'its Service is of type ExternalName, which Traefik routes only with allowExternalNameServices';
		case 'not-routed':
			return `Traefik makes no router to its Service: ${state.why}`;
		case 'empty':
			return input.settings[`${provider}allowemptyservices`] === 'true'
				? undefined
				: 'its Service has no endpoints, and Traefik makes no router then without allowEmptyServices';
		case 'ready':
		case 'unknown':
			return undefined;
	}
}
