import {kubectl} from '../../../model/safe-text/command.ts';
import {apiKindOf, kubectlName, type Kind} from '../../../model/kinds.ts';
import type {ObjectRef} from '../../../model/ref.ts';
import type {RouterRule} from '../../../rules/routers/router.ts';
import type {MatchedRule} from '../../details.ts';
import {objectField, type EvidenceField} from '../../finding.ts';

/** `prefix /api of HTTPProxy shop`. */
export function ruleName({text, object}: RouterRule): string {
	return `${text} of ${plainKind(object.kind)} ${object.name}`;
}

/** The kind of a router's object, as the API calls it. */
export function plainKind(kind: string): string {
	return apiKindOf(kind as Kind);
}

/** As evidence names it. */
export function plainRef(object: ObjectRef): ObjectRef {
	return {...object, kind: plainKind(object.kind)};
}

/** As the report has it. */
export function matchedRule({object, rule, host, pathType, value}: RouterRule): MatchedRule {
	return {
		kind: object.kind,
		namespace: object.namespace ?? '',
		name: object.name,
		rule,
		host,
		pathType,
		value,
	};
}

export function ruleEvidence({object, field, host, text}: RouterRule): EvidenceField {
	return objectField(plainRef(object), field, `${host || '*'} ${text}`);
}

export function describe(object: ObjectRef): string {
	return kubectl(object, 'describe', kubectlName(object.kind as Kind), object.name);
}
