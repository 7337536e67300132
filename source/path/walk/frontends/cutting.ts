import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {cutAnswers} from '../../../rules/routers/cut-answers.ts';

/** A controller that passes the connection on: a failure behind it cuts the connection, without an answer. */
export function cutting(controller: Controller, passes: 'tls' | 'bytes'): Controller {
	return {...controller, answers: {...controller.answers, ...cutAnswers(passes === 'tls', true)}};
}
