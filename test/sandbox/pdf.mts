/** Reads the sandbox's PDFs. */
import { decodePDFRawStream, type PDFArray, PDFDocument, PDFRawStream } from 'pdf-lib';

/** The text of each page, as a reader shows it. */
export async function pagesOf(file: Buffer): Promise<string[]> {
	const document = await PDFDocument.load(file);
	return document.getPages().map(({ node }) => {
		const stream = (node.Contents() as PDFArray).lookup(0, PDFRawStream);
		const drawn = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
		const texts = [...drawn.matchAll(/<([0-9A-F]*)> Tj/g)].map(([, hex]) =>
			Buffer.from(hex, 'hex').toString('latin1'),
		);
		return texts.join('\n');
	});
}
