import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {cutAnswers} from '../../../rules/routers/cut-answers.ts';

/** A controller that passes the connection on: what fails behind it ends the connection. */
export function cutting(controller: Controller, passes: 'tls' | 'bytes'): Controller {
	return {...controller, answers: {...controller.answers, ...cutAnswers(passes === 'tls', true)}};
}
