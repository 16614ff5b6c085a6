import { call } from "../../backend";
import type { AttachmentView } from "../../backend/generated/AttachmentView";

/** The most photos of one record. */
export const photosMax = 9;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
/** Fetches a picture as an address to show. Whoever asks gives it back with `URL.revokeObjectURL`: it lies in memory only. */
export async function pictureUrl(id: string, thumb: boolean): Promise<string> {
  const answer = await call("attachments_image", { id, thumb });
  return URL.createObjectURL(new Blob([bytesOf(answer.image)], { type: answer.mime }));
}
/** Hands a file in as it is: what it is and whether it will do is for the core to say. */
export async function attach(file: File): Promise<AttachmentView> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return call("attachments_attach", { image: btoa(text) });
}
/** The files of a drop or a paste. */
export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}
