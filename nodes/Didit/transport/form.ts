// A form with files, whose bytes are read only while they are sent: many items don't lie in memory at the same time.

/** A file that can be read any number of times. */
export interface Upload {
	name: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	read: () => AsyncIterable<Uint8Array>;
}

export type Form = Record<string, string | Upload>;

/** Node's own `File` has its bytes in memory. n8n's HTTP client asks for size and stream alone, so these are enough. */
class UnreadFile extends File {
	constructor(private readonly upload: Upload) {
		super([], upload.name, { type: upload.mimeType });
		Object.defineProperty(this, 'size', { value: upload.size });
	}

	override stream(): ReturnType<File['stream']> {
		return this.upload.read() as never;
	}
}

/** Made anew for each attempt, because a stream can be sent once. */
export function formData(form: Form): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(form)) {
		data.append(name, typeof value === 'string' ? value : new UnreadFile(value));
	}
	return data;
}
