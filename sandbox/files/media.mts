/**
 * The pictures and videos of sessions: real files, the same drawings for everybody, behind links that work for an hour.
 * Like the storage behind Didit's links, it answers errors in XML and wants no credential beside the link's own.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type FastifyPluginCallback, type FastifyReply } from 'fastify';
import { now, type State } from '../model/state.mts';
import { pdf } from './pdf.mts';

const LINK_SECONDS = 3600;
/** The programs around the package run from its folder; this module cannot ask where it lies itself (tests load it as CommonJS). */
const FOLDER = resolve('sandbox/files');

interface File {
	type: string;
	read: () => Buffer;
	/** Makes the bytes this session's own, and leaves the file valid. */
	mark: (file: Buffer, text: Buffer) => Buffer;
}

const drawing = (name: string) => () => readFileSync(`${FOLDER}/${name}`);

function lengthBefore(text: Buffer, bytes: 2 | 4, plus: number): Buffer {
	const length = Buffer.alloc(bytes);
	length.writeUIntBE(text.length + plus, 0, bytes);
	return length;
}

/** A comment segment after the start marker. */
const jpeg = (name: string): File => ({
	type: 'image/jpeg',
	read: drawing(name),
	mark: (file, text) =>
		Buffer.concat([
			file.subarray(0, 2),
			Buffer.from('fffe', 'hex'),
			lengthBefore(text, 2, 2),
			text,
			file.subarray(2),
		]),
});
/** Readers ignore what follows the last chunk. */
const png = (name: string): File => ({
	type: 'image/png',
	read: drawing(name),
	mark: (file, text) => Buffer.concat([file, text]),
});
/** A box of kind "free" at the end. */
const mp4 = (name: string): File => ({
	type: 'video/mp4',
	read: drawing(name),
	mark: (file, text) => Buffer.concat([file, lengthBefore(text, 4, 8), Buffer.from('free'), text]),
});
const paper = (title: string): File => ({
	type: 'application/pdf',
	read: () => pdf(title, ['An invented document of the sandbox.', 'Nobody in it exists.']),
	mark: (file, text) => Buffer.concat([file, Buffer.from('% '), text, Buffer.from('\n')]),
});

const JPEGS = ['portrait', 'front', 'back', 'full-front', 'full-back', 'chip-portrait', 'selfie'];
const FILES: Record<string, File> = {
	...Object.fromEntries(JPEGS.map((name) => [`${name}.jpg`, jpeg(`${name}.jpg`)])),
	// The build of the package copies every *.png of the repository, so this one has another name.
	'signature.png': png('signature.bin'),
	'selfie.mp4': mp4('selfie.mp4'),
	'bill.pdf': paper('Invented Power Co.: bill'),
};

function signature({ mediaKey }: State, session_id: string, file: string, date: string): string {
	return createHmac('sha256', mediaKey).update([session_id, file, date].join('/')).digest('hex');
}

/** A link in the form of a pre-signed one. */
export function mediaLink(state: State, session_id: string, file: string): string {
	const date = new Date(now(state)).toISOString().replace(/[-:]|\.\d+/g, '');
	const query = new URLSearchParams({
		'X-Amz-Date': date,
		'X-Amz-Expires': String(LINK_SECONDS),
		'X-Amz-Signature': signature(state, session_id, file, date),
	});
	return `${state.publicUrl}/media/${session_id}/${file}?${query.toString()}`;
}

/** Milliseconds of a date such as 20261123T050000Z. */
const moment = (date: string) =>
	Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

function refuse(reply: FastifyReply, status: number, code: string, text: string): FastifyReply {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${text}</Message></Error>`;
	return reply.code(status).type('application/xml').send(xml);
}

export const media: FastifyPluginCallback<{ state: State }> = (server, { state }, done) => {
	server.get('/media/:session/:file', { exposeHeadRoute: false }, (request, reply) => {
		const { session, file } = request.params as Record<string, string>;
		const query = request.query as Record<string, string>;
		const date = query['X-Amz-Date'] ?? '';
		if (request.headers.authorization)
			return refuse(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		if (query['X-Amz-Signature'] !== signature(state, session, file, date))
			return refuse(
				reply,
				403,
				'SignatureDoesNotMatch',
				'The signature of the link does not match.',
			);
		if (moment(date) + LINK_SECONDS * 1000 <= now(state))
			return refuse(reply, 403, 'AccessDenied', 'Request has expired');
		const known = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
		if (!known || !state.sessions.some(({ session_id }) => session_id === session))
			return refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
		return reply.type(known.type).send(known.mark(known.read(), Buffer.from(`${session}/${file}`)));
	});
	done();
};
