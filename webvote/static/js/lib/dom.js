// @ts-check
/** Small helpers around the document. No text stands here: what people read comes from the page. */

/**
 * The one element of `root` that matches; a page without it is broken and says so.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (/** @type {unknown} */ (element));
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function findAll(root, selector) {
  return Array.from(root.querySelectorAll(selector));
}

/**
 * Shows one of the page's screens, hides the others, and moves the reader to its heading.
 * @param {ParentNode} root
 * @param {string} id
 */
export function showScreen(root, id) {
  for (const screen of findAll(root, ".screen")) screen.hidden = screen.id !== id;
  const heading = find(root, `#${id} h1`);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  globalThis.scrollTo?.({ top: 0 });
}

/**
 * A sentence of the page (`<template data-text="name">`) with its {placeholders} filled in.
 * @param {ParentNode} root
 * @param {string} name
 * @param {Record<string, string | number>} [params]
 */
export function textFor(root, name, params = {}) {
  const template = /** @type {HTMLTemplateElement} */ (find(root, `template[data-text="${name}"]`));
  const text = (template.content.textContent ?? "").trim();
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in params ? String(params[key]) : whole));
}

/**
 * Says what is wrong with a field, at the field; an empty message takes it back.
 * @param {HTMLElement} field the `.field` around a control
 * @param {string} message
 */
export function setFieldError(field, message) {
  const place = find(field, ".error-message");
  const control = find(field, "input, textarea");
  place.textContent = message;
  place.hidden = message === "";
  field.classList.toggle("invalid", message !== "");
  if (message === "") control.removeAttribute("aria-invalid");
  else {
    control.setAttribute("aria-invalid", "true");
    control.focus();
  }
}

/** Lets the browser draw and answer before the next slice of work. */
export function breathe() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Hands a file to the person.
 * @param {Document} document
 * @param {Blob} blob
 * @param {string} name
 */
export function download(document, blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
