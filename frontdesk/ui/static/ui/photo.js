// A photo is made small before it is sent, and loses with it where and when it was taken: input[type=file][data-photo], its
// longer edge so many pixels as data-photo says.
const EDGE = 480;

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.matches("[type=file][data-photo]")) return;
  const file = input.files?.[0];
  const small = file && (await shrunk(file, Number(input.dataset.photo) || EDGE).catch(() => null));
  if (!file || !small || input.files?.[0] !== file) return;
  const chosen = new DataTransfer();
  chosen.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
  input.files = chosen.files;
});

/** @param {File} file @param {number} edge @returns {Promise<Blob | null>} */
async function shrunk(file, edge) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}
