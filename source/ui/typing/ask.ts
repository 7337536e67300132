import {parsePair} from '../../path/pair-text.ts';
import {parseSource} from '../../path/target-text.ts';
import {traceOptionWords} from '../../view/text/words.ts';
import type {Model} from '../model.ts';
import {flash, step, type Step} from '../keys/step.ts';
import type {TraceOptions, RequestOptions} from '../../model/request.ts';
import type {Parsed} from '../../path/target-forms.ts';

/** What each word changes of a request. */
const partOf = {method: 'method', header: 'headers', query: 'query'} as const;

/** Words after `:` that change how requests are made; without anything behind them they take that back. */
type TraceOptionWord = 'from' | keyof typeof partOf;

export function isTraceOptionWord(word: string): word is TraceOptionWord {
	return word === 'from' || Object.hasOwn(partOf, word);
}

/** Does `:from pod/NAME`, `:method POST`, `:header NAME: VALUE` or `:query NAME=VALUE`. */
export function ask(word: TraceOptionWord, text: string | undefined, model: Model): Step {
	const {session} = model;
	// Before, pod/NAME would be one of the default namespace, and what the flags say would be lost.
	if (session.isOpening) {
		return step(flash(model, 'the namespace is not known yet: try again in a moment', 'degraded'));
	}

	const parsed = changed(session.traceOptions, word, {text, namespace: session.namespace ?? 'default'});
	if ('problem' in parsed) {
		return step(flash(model, `${word} ${parsed.problem}. ${parsed.next}`, 'degraded'));
	}

	const traceOptions = parsed.value;
	const said = traceOptionWords(traceOptions) || 'as suits the target';
	return step(flash(model, `requests are made ${said}`), {
		type: 'session',
		action: {type: 'ask', traceOptions},
	});
}

function changed(
	{from, request}: TraceOptions,
	word: TraceOptionWord,
	{text, namespace}: {readonly text: string | undefined; readonly namespace: string},
): Parsed<TraceOptions> {
	if (text === undefined || text === '') {
		return {value: without({from, request}, word)};
	}

	switch (word) {
		case 'from': {
			const source = parseSource(text, namespace);
			return 'problem' in source ? source : {value: {from: source.value, request}};
		}

		case 'method':
			return {value: {from, request: {...request, method: text.toUpperCase()}}};
		case 'header':
		case 'query': {
			const pair = parsePair(text, word);
			return 'problem' in pair ? pair : {value: {from, request: withPair(request, word, pair.value)}};
		}
	}
}

function without({from, request}: TraceOptions, word: TraceOptionWord): TraceOptions {
	return word === 'from' ? {request} : {from, request: {...request, [partOf[word]]: undefined}};
}

type Pair = {readonly name: string; readonly value: string};

/** A name that is given again takes the place of the earlier one; names of headers know no case (RFC 9110 §5.1). */
function withPair(request: RequestOptions | undefined, word: 'header' | 'query', pair: Pair): RequestOptions {
	const part = partOf[word];
	const key = (name: string): string => (word === 'header' ? name.toLowerCase() : name);
	const others = (request?.[part] ?? []).filter(({name}) => key(name) !== key(pair.name));
	return {...request, [part]: [...others, pair]};
}
