import {hidden, withoutCredentials, withoutSecretParameters} from '../../model/safe-text/hide.ts';
import {isKeptAnnotation} from '../../model/kept/annotations.ts';
import {isSecretName, secretSetting} from '../../model/safe-text/secret-names.ts';
import {list, record, text, type Wire} from '../../projection/wire.ts';

/*
What people look at over a shared screen or paste into a chat. An object of the cluster is no Secret, but it may carry one: in the
settings of a container, in an annotation, and again in what `kubectl apply` wrote down of it.
*/

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Maps from a name to a value: also headers of Istio's VirtualService and Traefik's Middleware. */
const namedFields = new Set([
	'annotations',
	'data',
	'binaryData',
	'headers',
	'set',
	'add',
	'customRequestHeaders',
	'customResponseHeaders',
]);

/** `-pTEXT`, as database clients take a password. `-port=8080` is none, and neither is `-p8080`. */
const gluedPassword = /^-p(?![a-z-]+=)(?=\S*[a-z])(?=\S*\d)\S+$/iu;

/** An object as it may be shown: every field, without the values that are, or look like, secrets. */
export function shownObject(object: Wire): Wire {
	return record(shown(object));
}

function shown(value: unknown, field = ''): unknown {
	if (typeof value === 'string') {
		return shownText(value);
	}

	if (Array.isArray(value)) {
		return field === 'args' || field === 'command' ? shownWords(value) : value.map((each) => shown(each));
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	const wire = record(value);
	return Object.fromEntries(
		Object.entries(wire)
			.filter(([name]) => name !== lastApplied)
			.map(([name, each]) => [
				name,
				isSecretKey(name, field) || isSecretPair(wire, name) ? hidden : shown(each, name),
			]),
	);
}

/** What decides where a request goes is shown: `canary-by-cookie` names a cookie, `auth-secret` a Secret. */
function isSecretKey(name: string, field: string): boolean {
	return (
		namedFields.has(field) &&
		isSecretName(name, 'field') &&
		!(field === 'annotations' && isKeptAnnotation(name))
	);
}

/** The value of a variable or a header with the name of a secret. */
function isSecretPair(wire: Wire, name: string): boolean {
	return name === 'value' && typeof wire['value'] === 'string' && isSecretName(text(wire['name']), 'field');
}

function shownWords(words: readonly unknown[]): readonly unknown[] {
	return list(words).map((word, index) => {
		const before = text(words[index - 1]);
		const isValue = before.startsWith('-') && !before.includes('=') && isSecretName(before, 'field');
		return isValue || gluedPassword.test(text(word)) ? hidden : shownWord(word);
	});
}

function shownWord(word: unknown): unknown {
	const [name = '', ...values] = text(word).split('=');
	return values.length > 0 && !/\s/u.test(name) && isSecretName(name, 'field')
		? `${name}=${hidden}`
		: shown(word);
}

function shownText(value: string): string {
	return (
		withoutCredentials(withoutSecretParameters(value))
			// The plugin tsig of CoreDNS: `secret NAME VALUE`.
			.replaceAll(/^([ \t]*secret[ \t]+\S+[ \t]+)\S+/gmu, `$1${hidden}`)
			.replaceAll(secretSetting, `$1${hidden}`)
	);
}
