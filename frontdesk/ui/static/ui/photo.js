// A photo is made small before it is sent, and loses with it where and when it was taken: input[type=file][data-photo].
const EDGE = 480;

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[type=file][data-photo]")) return;
  const file = input.files?.[0];
  const small = file && (await shrunk(file).catch(() => null));
  if (!file || !small || input.files?.[0] !== file) return;
  const chosen = new DataTransfer();
  chosen.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
  input.files = chosen.files;
});

/** @param {File} file @returns {Promise<Blob | null>} */
async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}
