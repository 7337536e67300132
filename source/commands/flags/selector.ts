import {UserError} from '../../errors.ts';
import type {LabelSelector} from '../../model/matching/label-selector.ts';
import {parseSelector} from '../../model/matching/parse-selector.ts';
import type {Flags} from './flags.ts';

/** `-l`, as `kubectl get` has it. Throws `UserError`. */
export function selectorOf({selector}: Flags): LabelSelector | undefined {
	if (selector === undefined) {
		return undefined;
	}

	const parsed = parseSelector(selector);
	if (!parsed) {
		throw new UserError(
			`--selector ${selector} is no label selector.`,
			"For example: app=web, tier!=cache, 'env in (test, live)'.",
		);
	}

	return parsed;
}
