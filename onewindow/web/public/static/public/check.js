// Compares a PDF with the digest of the letter on the page. The file never leaves the device.
const box = document.querySelector("#compare");
const SAME = "一致：这个文件与出具的文书一字不差。";
const OTHER = "不一致：这个文件被改动过，或者不是这份文书。打印后扫描的文件不能这样比对，请逐项核对上面的内容。";

async function digest(file) {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (box && window.crypto?.subtle) {
  box.hidden = false;
  box.querySelector("input").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    const same = file && (await digest(file)) === box.dataset.sha256;
    box.querySelector("[role=status]").textContent = file ? (same ? SAME : OTHER) : "";
  });
}
