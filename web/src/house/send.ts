/** Sends the bytes of a file to the address of its upload (tus 1.0), in pieces, going on where an earlier try stopped. */
export async function sendFile(url: string, file: File, arrived: (bytes: number) => void): Promise<void> {
  const piece = 4 << 20;
  let failures = 0;
  let at = await offsetOf(url);
  while (at < file.size) {
    arrived(at);
    try {
      const answer = await fetch(url, {
        method: 'PATCH',
        credentials: 'same-origin',
        headers: { 'Tus-Resumable': '1.0.0', 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(at) },
        body: file.slice(at, at + piece),
      });
      if (!answer.ok) throw new Error(await answer.text());
      at = Number(answer.headers.get('Upload-Offset'));
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000 * failures));
      at = await offsetOf(url);
    }
  }
  arrived(file.size);
}

async function offsetOf(url: string): Promise<number> {
  const answer = await fetch(url, { method: 'HEAD', credentials: 'same-origin', headers: { 'Tus-Resumable': '1.0.0' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return Number(answer.headers.get('Upload-Offset') ?? 0);
}
