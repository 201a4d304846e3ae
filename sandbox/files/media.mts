/**
 * The pictures and videos of sessions: real files, the same drawings for everybody, behind links that work for an hour.
 * Like the storage behind Didit's links, it answers errors in XML and wants no credential beside the link's own.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type FastifyPluginCallback, type FastifyReply } from 'fastify';
import { checkMediaLink } from '../model/mediaLinks.mts';
import { type State } from '../model/state.mts';

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
/** A comment at the end. */
const paper = (name: string): File => ({
	type: 'application/pdf',
	read: drawing(name),
	mark: (file, text) => Buffer.concat([file, Buffer.from('\n% '), text, Buffer.from('\n')]),
});

const JPEGS = ['portrait', 'front', 'back', 'full-front', 'full-back', 'chip-portrait', 'selfie'];
const FILES: Record<string, File> = {
	...Object.fromEntries(JPEGS.map((name) => [`${name}.jpg`, jpeg(`${name}.jpg`)])),
	// The build of the package copies every *.png of the repository, so this one has another name.
	'signature.png': png('signature.bin'),
	'selfie.mp4': mp4('selfie.mp4'),
	'bill.pdf': paper('bill.pdf'),
};

function refuse(reply: FastifyReply, status: number, code: string, text: string): FastifyReply {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${text}</Message></Error>`;
	return reply.code(status).type('application/xml').send(xml);
}

export const media: FastifyPluginCallback<{ state: State }> = (server, { state }, done) => {
	server.get('/media/:session/:file', { exposeHeadRoute: false }, (request, reply) => {
		const { session, file } = request.params as Record<string, string>;
		const query = request.query as Record<string, string>;
		if (request.headers.authorization)
			return refuse(reply, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
		const link = checkMediaLink(state, {
			session,
			file,
			date: query['X-Amz-Date'] ?? '',
			signature: query['X-Amz-Signature'] ?? '',
		});
		if (link === 'forged')
			return refuse(
				reply,
				403,
				'SignatureDoesNotMatch',
				'The signature of the link does not match.',
			);
		if (link === 'expired') return refuse(reply, 403, 'AccessDenied', 'Request has expired');
		const known = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
		if (!known || !state.sessions.some(({ session_id }) => session_id === session))
			return refuse(reply, 404, 'NoSuchKey', 'The specified key does not exist.');
		return reply.type(known.type).send(known.mark(known.read(), Buffer.from(`${session}/${file}`)));
	});
	done();
};
