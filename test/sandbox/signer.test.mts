import { createHmac } from 'node:crypto';
import { createSigner, type Signer } from '../../sandbox/webhooks/signer.mts';
import vectors from '../fixtures/signature_vectors.json';

let signer: Signer;
beforeAll(() => {
	signer = createSigner();
});
afterAll(() => signer.close());

const mac = (secret: string, text: string) =>
	createHmac('sha256', secret).update(text, 'utf8').digest('hex');

describe('the signer', () => {
	it.each(vectors.map((vector) => [vector.name, vector] as const))(
		'makes the documented signatures of %s',
		async (_name, vector) => {
			const { body, canonical, headers } = await signer.sign({
				secret: vector.secret,
				raw: vector.raw_body,
			});
			expect(body).toBe(vector.raw_body);
			expect(canonical).toBe(vector.v2_canonical);
			expect(headers).toEqual({
				'X-Signature': vector.x_signature,
				'X-Signature-V2': vector.x_signature_v2,
				'X-Signature-Simple': vector.x_signature_simple,
			});
		},
	);

	it('writes a payload as Didit does: whole numbers short, sorted, compact, ASCII', async () => {
		const { body, canonical } = await signer.sign({
			secret: 's',
			payload: {
				z: 1,
				a: { score: 98, ok: true, name: 'Núñez 🙂' },
				metadata: { score: 7 },
				'10': null,
				'9': [],
			},
		});
		expect(body).toBe(
			'{"10":null,"9":[],"a":{"name":"N\\u00fa\\u00f1ez \\ud83d\\ude42","ok":true,"score":98},"metadata":{"score":7},"z":1}',
		);
		expect(canonical).toBe(
			'{"10":null,"9":[],"a":{"name":"Núñez 🙂","ok":true,"score":98},"metadata":{"score":7},"z":1}',
		);
	});

	it('takes the metadata from the text of the request, digit by digit, but for whole floats', async () => {
		const request =
			'{"workflow_id":"x","metadata":{"big":12345678901234567890,"whole":98.0,"tiny":1e-7,"huge":1e22}}';
		const { body, canonical } = await signer.sign({
			secret: 's',
			metadata_from: request,
			payload: { metadata: {}, decision: { metadata: {} } },
		});
		const metadata =
			'{"big":12345678901234567890,"huge":10000000000000000000000,"tiny":1e-07,"whole":98}';
		expect(body).toBe(`{"decision":{"metadata":${metadata}},"metadata":${metadata}}`);
		// ASCII throughout, so both signatures are over the same text.
		expect(canonical).toBe(body);
	});

	it('signs with both secrets during a rotation', async () => {
		const { headers, canonical } = await signer.sign({
			secret: 'new',
			previous: 'old',
			raw: '{"status":"Approved","timestamp":1,"score":1.0}',
		});
		expect(headers).toEqual({
			'X-Signature': mac('new', '{"status":"Approved","timestamp":1,"score":1.0}'),
			'X-Signature-Previous': mac('old', '{"status":"Approved","timestamp":1,"score":1.0}'),
			'X-Signature-V2': mac('new', canonical),
			'X-Signature-V2-Previous': mac('old', canonical),
			'X-Signature-Simple': mac('new', '1::Approved:'),
			'X-Signature-Simple-Previous': mac('old', '1::Approved:'),
		});
	});

	it('reports a body that cannot be signed, and signs the next', async () => {
		await expect(signer.sign({ secret: 's', raw: '{"a":' })).rejects.toThrow('JSONDecodeError');
		expect((await signer.sign({ secret: 's', raw: '{}' })).headers['X-Signature']).toBe(
			mac('s', '{}'),
		);
	});

	it('keeps many requests apart', async () => {
		const signed = await Promise.all(
			Array.from({ length: 200 }, (_unused, index) =>
				signer.sign({ secret: `s${index}`, raw: `{"n":${index}}` }),
			),
		);
		signed.forEach(({ headers }, index) =>
			expect(headers['X-Signature']).toBe(mac(`s${index}`, `{"n":${index}}`)),
		);
	});

	it('says what to install when there is no Python', async () => {
		const alone = createSigner('no-such-python');
		await expect(alone.sign({ secret: 's', raw: '{}' })).rejects.toThrow(
			'no-such-python was not found. Install Python 3',
		);
		alone.close();
	});
});
