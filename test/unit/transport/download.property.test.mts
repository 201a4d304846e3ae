/** Links in Didit's answers: followed only over HTTPS to a public name, or to the sandbox on this machine; never with the credential. */
import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import { checkedLink, downloadFile } from '../../../nodes/Didit/transport/download.ts';
import { anyText, webUrl } from '../../support/arbitraries.mts';
import { many } from '../../support/many.mts';

const PRODUCTION = 'https://verification.didit.me';
const SANDBOX = 'http://127.0.0.1:4180';

const host = fc.oneof(
	fc.constantFrom(
		'media.example.com',
		'verification.didit.me',
		'localhost',
		'LOCALHOST',
		'localhost.',
		'localhost..',
		'metadata.google.internal',
		'metadata.google.internal.',
		'n8n',
		'n8n.',
		'printer.local',
		'router.lan',
		'files.default.svc',
		'nas.home.arpa',
		'files.service.consul',
		'files.corp',
		'host.localdomain',
		'vault.private',
		'[fd00::1]',
		'[2606:4700::1111]',
		'100.64.1.2',
		'127.0.0.1',
		'127.1',
		'0x7f000001',
		'2130706433',
		'017700000001',
		'127.0.0.1.',
		'[::1]',
		'[::ffff:169.254.169.254]',
		'169.254.169.254',
		'10.0.0.1',
		'１２７.0.0.1',
		'ⓛocalhost',
		'%6cocalhost',
		'example.com%00.local',
		'',
		' ',
		'-',
		'..',
	),
	fc.domain(),
	fc.ipV4(),
	fc.ipV4Extended(),
	fc.ipV6().map((address) => `[${address}]`),
);
const user = fc.constantFrom('', '', '', 'user@', 'user:pw@', ':pw@', 'verification.didit.me@');
const link = fc.oneof(
	{
		weight: 8,
		arbitrary: fc
			.tuple(
				fc.constantFrom(
					'https:',
					'https:',
					'http:',
					'HTTPS:',
					'file:',
					'ftp:',
					'data:',
					'javascript:',
					'',
				),
				fc.constantFrom('//', '//', '/', '', '\\\\', '////'),
				user,
				host,
				fc.constantFrom('', '', ':443', ':80', ':4180', ':99999'),
				fc.constantFrom('/a.jpg', '/a.jpg?X-Amz-Signature=x', '', '/../..', '#x'),
			)
			.map((parts) => parts.join('')),
	},
	{ weight: 1, arbitrary: webUrl },
	{ weight: 1, arbitrary: anyText() },
);

/** Said independently of the code: a name of several labels that no private network uses. */
function isPublic({ hostname }: URL): boolean {
	const labels = hostname.toLowerCase().split('.').filter(Boolean);
	return (
		labels.length > 1 &&
		isIP(hostname.replace(/^\[|\]$/g, '')) === 0 &&
		!/\.(local|localhost|localdomain|internal|intranet|private|corp|home|lan|svc|consul|arpa|test|example|invalid|onion|alt)$/.test(
			`.${labels.join('.')}`,
		)
	);
}

it('only a link over HTTPS to a public name may be followed, or one to a sandbox on this machine [T77]', () => {
	fc.assert(
		fc.property(link, fc.constantFrom(PRODUCTION, SANDBOX), (text, api) => {
			let url: URL | undefined;
			try {
				url = checkedLink(text, api);
			} catch (error) {
				assert(error instanceof DiditError);
				assert.equal(error.message, "The download link from Didit isn't safe to open");
			}
			if (url === undefined) return;
			assert.equal(url.username + url.password, '');
			if (url.protocol === 'http:') {
				assert.equal(api, SANDBOX);
				assert.match(url.hostname, /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/);
			} else assert.deepEqual([url.protocol, isPublic(url)], ['https:', true]);
		}),
		{ numRuns: many(4000) },
	);
});

/** What somebody's storage answers. */
const answer = fc.record({
	statusCode: fc.constantFrom(200, 206, 301, 302, 307, 401, 403, 404, 410, 429, 500, 503),
	headers: fc.constantFrom({}, { location: 'http://169.254.169.254/' }, { 'retry-after': '9999' }),
	chunks: fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 }),
	breaks: fc.boolean(),
});

it('a download sends one plain request, follows nothing, and gives bytes or a readable error [T78]', async () => {
	await fc.assert(
		fc.asyncProperty(link, answer, async (text, { statusCode, headers, chunks, breaks }) => {
			const sent: IHttpRequestOptions[] = [];
			async function* body() {
				for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
				if (breaks) throw new Error('socket hang up at 10.0.0.1');
			}
			const httpRequest = async (options: IHttpRequestOptions) => (
				sent.push(options),
				await Promise.resolve({ statusCode, headers, body: body() })
			);
			const context = {
				helpers: { httpRequest },
				getExecutionCancelSignal: () => undefined,
			} as unknown as IExecuteFunctions;
			const result = await downloadFile(context, new RequestQueue(1), text, PRODUCTION, {
				timeout: 1000,
				maxRetries: 0,
				maxWait: 0,
			}).catch((error: unknown) => error);
			assert(sent.length <= 1);
			for (const options of sent) {
				assert.deepEqual(
					[options.headers, options.auth, options.disableFollowRedirect],
					[undefined, undefined, true],
				);
				assert(isPublic(new URL(options.url)), options.url);
			}
			if (result instanceof Error) {
				assert(result instanceof DiditError);
				assert(!result.message.includes('10.0.0.1'));
			} else {
				assert.deepEqual([statusCode < 300, breaks], [true, false]);
				assert((result as { body: Buffer }).body.equals(Buffer.concat(chunks)));
			}
		}),
		{ numRuns: many(600) },
	);
});
