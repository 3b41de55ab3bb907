const LONGEST_SIDE = 2000;
const LARGE = 1_500_000;

/** A phone's photo has ten megabytes; a legible page of paper needs a tenth of that. */
async function smaller(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < LARGE) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: blob.type }) : file;
}

async function shrunk(files) {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(await smaller(file).catch(() => file));
  return chosen.files;
}

function show(input) {
  const box = input.closest(".upload");
  box?.querySelectorAll("img").forEach((old) => {
    URL.revokeObjectURL(old.src);
    old.remove();
  });
  for (const file of input.files) {
    if (!file.type.startsWith("image/")) continue;
    const preview = new Image();
    preview.className = "upload__preview";
    preview.alt = `所选图片：${file.name}`;
    preview.src = URL.createObjectURL(file);
    box?.append(preview);
  }
}

/** Photos are made smaller before they travel, shown, and (data-send) sent at once. */
export function watchPhotos(root) {
  root.addEventListener("change", async ({ target }) => {
    if (!target.matches?.("[data-photo]") || !target.files.length) return;
    target.files = await shrunk(target.files);
    show(target);
    if ("send" in target.dataset) target.form.requestSubmit();
  });
}
