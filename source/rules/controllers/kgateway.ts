import {envoyPath} from '../ingress/url-path.ts';
import {envoyAnswers} from './record/answers.ts';
import {gatewayNameLabel, envoyProfile} from './record/gateway-profile.ts';
import {byAppProtocol} from './record/gateway-protocol.ts';
import type {ControllerRecord} from './record/record.ts';

export const kgateway: ControllerRecord = {
	implementation: 'kgateway',
	isEnvoy: true,
	sources: [
		'kgateway-dev/kgateway 2.2: pkg/kgateway/translator/irtranslator/fc.go (initializeHCM), pkg/krtcollections/builtin.go (translatePathRewrite), pkg/kgateway/utils/delegation',
	],
	images: ['kgateway-dev/kgateway'],
	gateway: {
		controllerNames: ['kgateway.dev/', 'solo.io/gloo-gateway'],
		gatewayLabels: [gatewayNameLabel],
		bypassesProxy: true,
		delegates: true,
		speaks: byAppProtocol,
		// It merges slashes and normalizes paths; a prefix of a redirect is replaced as text.
		profile: () => ({...envoyProfile, readsPath: envoyPath, prefixRedirect: 'text'}),
		answers: () => envoyAnswers,
	},
};
