// Neither secrets nor what was sent to Didit may be in an error, an item or the stored execution, whatever Didit answers.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { DIDIT } from '../support/didit.mts';
import { apiKey, clientCredentials, runDidit, storedText } from '../support/n8n.mts';

const SECRETS = ['key-number-one', 'secret-of-client-one'];
const SENT = ['nora@example.com', '+34600000000', 'Nora-Sample'];

const workflow: INodeParameters = {
	workflowId: { __rl: true, mode: 'id', value: 'cccccccc-0000-4000-8000-000000000003' },
	additionalFields: {
		contactDetails: { email: '={{ $json.email }}', phone: '={{ $json.phone }}' },
		expectedDetails: { firstName: '={{ $json.name }}' },
	},
};
const input = [{ json: {} }];
const filled: INodeParameters = JSON.parse(
	JSON.stringify(workflow)
		.replace('={{ $json.email }}', `={{ 'nora@' + 'example.com' }}`)
		.replace('={{ $json.phone }}', `={{ '+346' + '00000000' }}`)
		.replace('={{ $json.name }}', `={{ 'Nora' + '-Sample' }}`),
) as INodeParameters;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

it.each<[string, number, (secret: string) => unknown]>([
	[
		'a text that repeats the key',
		403,
		(secret) => ({ detail: `The key ${secret} may not do this.` }),
	],
	[
		'a field error that repeats the key',
		400,
		(secret) => ({ workflow_id: [`${secret} is unknown.`] }),
	],
	['a page with the key', 500, (secret) => `<html>${secret}</html>`],
	[
		'a foreign shape with the key',
		400,
		(secret) => ({ debug: { headers: { 'x-api-key': secret } } }),
	],
])('keeps the API key out of everything after %s [T47]', async (_, status, body) => {
	for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
		nock(DIDIT)
			.post('/v3/session/')
			.reply(status, body('key-number-one') as object);
		const result = await runDidit(filled, { credentials: apiKey(DIDIT), input, node: { onError } });
		for (const secret of [...SECRETS, ...SENT]) expect(storedText(result)).not.toContain(secret);
	}
});

it('keeps the client secret out of everything after a refused exchange [T48]', async () => {
	nock(DIDIT)
		.post('/auth/v2/token/')
		.reply(401, { error: 'invalid_client', echo: 'secret-of-client-one' });
	const result = await runDidit({}, { credentials: clientCredentials(DIDIT), input });
	expect(result.error?.message).toContain('Didit refused the client ID or secret');
	for (const secret of SECRETS) expect(storedText(result)).not.toContain(secret);
});
