/** What n8n knows about the package after it was installed: nodes, the tool, the credential, icons and categories. */
import { n8n, world } from './support/world.mts';

const didit = async () =>
	(await n8n.nodeTypes()).filter(({ name }) => name.startsWith('n8n-nodes-didit.'));

interface Icons {
	light: string;
	dark: string;
}

/** The pictures themselves, as a browser gets them. */
async function pictures({ iconUrl }: { [key: string]: unknown }): Promise<string[]> {
	const { light, dark } = iconUrl as Icons;
	expect(light).not.toBe(dark);
	return await Promise.all(
		[light, dark].map(async (path) => {
			const response = await fetch(`${world.n8n.url}/${path}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
			return await response.text();
		}),
	);
}

it('lists the node, the trigger and the tool, in the category where builders look', async () => {
	const types = await didit();
	expect(types.map(({ name }) => name).sort()).toEqual([
		'n8n-nodes-didit.didit',
		'n8n-nodes-didit.diditTool',
		'n8n-nodes-didit.diditTrigger',
	]);
	for (const { name, codex } of types.filter((one) => !one.name.endsWith('Tool'))) {
		expect({ name, codex }).toMatchObject({ codex: { categories: ['Miscellaneous', 'Utility'] } });
	}
});

it('shows icons for light and dark screens', async () => {
	for (const type of await didit())
		for (const picture of await pictures(type)) expect(picture).toMatch(/^<svg/);
});

it('knows the credential, with its icons and the nodes that it is for', async () => {
	const all = await n8n.credentialTypes();
	const credential = all.find(({ name }) => name === 'diditApi');
	expect(credential).toMatchObject({
		displayName: 'Didit API',
		supportedNodes: expect.arrayContaining([
			'n8n-nodes-didit.didit',
			'n8n-nodes-didit.diditTrigger',
		]) as string[],
	});
	for (const picture of await pictures(credential ?? {})) expect(picture).toMatch(/^<svg/);
});

it('never sends the token to the browser', async () => {
	const { data } = await n8n.get<{ data: Record<string, string | undefined> }>(
		`/rest/credentials/${world.credentials.secret.id}?includeData=true`,
	);
	expect(data).toMatchObject({ clientId: world.sandbox.clientId });
	for (const name of ['clientSecret', 'accessToken'])
		expect(data[name] ?? '').toMatch(/^(__n8n_BLANK_VALUE_.*|)$/);
});
