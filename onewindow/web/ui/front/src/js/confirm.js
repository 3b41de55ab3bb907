/** Builds with textContent, never with markup: what is asked may carry a name somebody typed. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function ask({ confirm: text, confirmTitle: title = "请确认" }, danger) {
  const dialog = document.createElement("dialog");
  const heading = element("h2", "", title);
  heading.id = "confirm-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const form = element("form", "form-actions", "");
  form.method = "dialog";
  const no = element("button", "button button--quiet", "再想想");
  const yes = element("button", danger ? "button button--danger" : "button button--main", "确定");
  yes.value = "yes";
  no.autofocus = true;
  form.append(no, yes);
  dialog.append(heading, element("p", "", text), form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    }),
  );
}

/** Buttons with data-confirm ask first. Capture phase, so that htmx hears of the click only after a yes. */
export function watchConfirm(root) {
  root.addEventListener(
    "click",
    async (event) => {
      const button = event.target.closest("[data-confirm]");
      if (!button || button.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (button.form && !button.form.noValidate && !button.form.reportValidity()) return;
      if (!(await ask(button.dataset, button.classList.contains("button--danger")))) return button.focus();
      button.dataset.confirmed = "yes";
      button.click();
      delete button.dataset.confirmed;
    },
    true,
  );
}
