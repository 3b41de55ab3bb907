const PAUSE = 1500;

function say(form, state, text) {
  const line = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  if (!line) return;
  line.dataset.state = state;
  line.textContent = text;
}

async function save(form) {
  say(form, "saving", "正在保存……");
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields, headers: { "X-Autosave": "1" }, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    say(form, "saved", `${new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" })} 已保存`);
  } catch {
    say(form, "failed", "没有保存上，请检查网络；点“保存”可以再试。");
  }
}

/** Saves a form with data-autosave="url" a moment after the last change; one save at a time, the latest wins. */
export function watchAutosave(root) {
  const waiting = new WeakMap();
  let saving = Promise.resolve();
  root.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.dataset.autosave || target.type === "file") return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => (saving = saving.then(() => save(form))), PAUSE));
  });
}
