import type {RuleRef} from '../../ingress/decision.ts';
import {admittedBy} from '../source-lists.ts';
import {annotationOf} from './annotations.ts';

/** Whom the lists of sources let in. */
export function admitted({ingress}: RuleRef): ReturnType<typeof admittedBy> {
	return admittedBy({
		denied: annotationOf(ingress, 'denylist-source-range'),
		allowed:
			annotationOf(ingress, 'allowlist-source-range') ?? annotationOf(ingress, 'whitelist-source-range'),
	});
}

/** Why it is not known whether the rule serves the request; undefined where nothing stands before it. */
export function doubtOf(rule: RuleRef, scheme: string): string | undefined {
	const has = (name: string): boolean => (annotationOf(rule.ingress, name) ?? '') !== '';
	if (admitted(rule) === 'some') {
		return 'its lists of sources let in some clients, and answer 403 to others';
	}

	if (has('auth-url')) {
		return 'annotation auth-url asks another service first';
	}

	if (has('auth-secret')) {
		return 'annotation auth-secret asks for a password, and answers 401 without one';
	}

	if (scheme === 'https' && has('auth-tls-secret')) {
		return 'annotation auth-tls-secret asks for the certificate of the client';
	}

	return scheme === 'https' && annotationOf(rule.ingress, 'ssl-passthrough') === 'true'
		? 'annotation ssl-passthrough leaves the handshake to the backend'
		: undefined;
}
