/* What pages do more with JavaScript than without. Nothing here is needed to work: dialogs are pages too,
   filters have a button, and the server acts once on a form that is sent twice. */
"use strict";

(() => {
  const dialog = () => document.getElementById("dialog");

  const focusErrors = (root) => root.querySelector("[data-focus]")?.focus();

  const openDialog = (body) => {
    const box = dialog();
    if (!box.open) box.showModal();
    const title = body.querySelector("#dialog-title");
    if (title) {
      box.removeAttribute("aria-label");
      box.setAttribute("aria-labelledby", title.id);
    }
    const field = body.querySelector(".form textarea, .form input:not([type=hidden]), .form select");
    (field ?? body.querySelector("button"))?.focus();
  };

  /* A rule shared by pages and by parts that htmx brings in later, so: one listener on the document each. */
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "dialog-body") openDialog(target);
    focusErrors(document.getElementById(target.id) ?? document);
  });

  /* Whatever goes wrong on the way to a dialog or a list, the plain page says it in full. */
  document.addEventListener("htmx:responseError", (event) => {
    window.location.assign(event.detail.xhr.responseURL || window.location.href);
  });

  /* What was typed and not sent is not thrown away without a word. */
  const changed = (root) => [...root.querySelectorAll("form[data-changed]")].filter((form) => !form.hasAttribute("data-sent"));

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[method=post].form");
    if (form) form.setAttribute("data-changed", "");
  });

  window.addEventListener("beforeunload", (event) => {
    if (!document.querySelector("form[data-sent]") && changed(document).length) event.preventDefault();
  });

  const closeDialog = () => {
    const lost = changed(dialog());
    if (lost.length && !window.confirm(document.body.dataset.unsaved)) return;
    for (const form of lost) form.removeAttribute("data-changed");
    dialog().close();
  };

  document.addEventListener("cancel", (event) => {
    if (event.target !== dialog()) return;
    event.preventDefault();
    closeDialog();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target === dialog()) closeDialog();
    if (dialog().contains(event.target) && event.target.closest("[data-close], form[method=dialog] button")) {
      event.preventDefault();
      closeDialog();
    }
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* A second click would send the form again: cosmetic, the key in the form is what makes it act once. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once") || event.defaultPrevented) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  });

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      form.removeAttribute("data-sent");
      for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });

  document.addEventListener("DOMContentLoaded", () => focusErrors(document));
})();
