// SPDX-License-Identifier: Apache-2.0
// Draws the reference from the document that the page links to. Every text goes in as a text node, so nothing in it can become markup.
"use strict";

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function resolved(schema, root) {
  const name = schema && schema.$ref ? schema.$ref.split("/").pop() : null;
  return name ? root.components.schemas[name] : schema || {};
}

// A schema that a name or a "this or null" stands for; the description beside it stays.
function plain(schema, root) {
  const named = schema.$ref ? { ...schema, ...resolved(schema, root), $ref: undefined } : schema;
  const real = (named.anyOf || []).filter((each) => each.type !== "null");
  return real.length === 1 ? plain({ ...named, anyOf: undefined, ...real[0] }, root) : named;
}

function typeOf(schema) {
  const either = schema.oneOf || schema.anyOf;
  if (either) return either.map(typeOf).join(" or ");
  if (schema.type === "array") return "list of " + typeOf(schema.items);
  if (schema.format === "binary") return "file";
  return schema.format === "uuid" ? "GUID" : schema.type || "any";
}

function limitsOf(schema) {
  const limits = [];
  if (schema.minLength) limits.push(`at least ${schema.minLength} ${schema.minLength === 1 ? "character" : "characters"}`);
  if (schema.maxLength) limits.push(`at most ${schema.maxLength} characters`);
  if (schema.maxItems) limits.push(`${schema.minItems || 0} to ${schema.maxItems}`);
  if (schema.enum) limits.push(`one of ${schema.enum.join(", ")}`);
  if (schema.pattern) limits.push(schema.pattern);
  if (schema.default !== undefined && schema.default !== null) limits.push(`default ${schema.default}`);
  return limits.join("; ");
}

function fieldTable(rows) {
  const head = ["Name", "Type", "Required", "Meaning"].map((text) => element("th", { scope: "col" }, text));
  const body = rows.map(({ name, schema, required, description }) => element("tr", {},
    element("td", {}, element("code", {}, name)),
    element("td", {}, typeOf(schema)),
    element("td", {}, required ? "yes" : "no"),
    element("td", {}, description || "", element("div", { className: "soft" }, limitsOf(schema)))));
  return element("div", { className: "wide" },
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)));
}

function propertyRows(schema, root, prefix = "") {
  return Object.entries(schema.properties || {}).flatMap(([name, property]) => {
    const inner = plain(property, root);
    const entry = inner.type === "array" ? plain(inner.items, root) : null;
    const row = { name: prefix + name, schema: inner, required: (schema.required || []).includes(name), description: inner.description };
    if (inner.properties) return propertyRows(inner, root, `${prefix}${name}.`);
    return entry && entry.properties ? [{ ...row, schema: { ...inner, items: { type: "object" } } }, ...propertyRows(entry, root, `${prefix}${name}[].`)] : [row];
  });
}

function proofOf(operation, root) {
  const schemes = Object.keys(operation.security[0]).map((name) => root.components.securitySchemes[name]);
  const headers = schemes.map((scheme) => scheme.type === "http" ? "Authorization: Bearer <token>" : scheme.name);
  return `Send ${headers.join(", ").replace(/, ([^,]*)$/, " and $1")}.`;
}

function requestPart(operation, root) {
  const parts = [];
  if (operation.parameters) {
    const rows = operation.parameters.map((each) => ({ ...each, schema: resolved(each.schema, root) }));
    parts.push(element("h4", {}, "Parameters"), fieldTable(rows));
  }
  for (const [type, { schema }] of Object.entries((operation.requestBody || {}).content || {})) {
    parts.push(element("h4", {}, `Body, ${type}`), fieldTable(propertyRows(resolved(schema, root), root)));
  }
  if (operation.security && operation.security.length) {
    parts.push(element("p", { className: "soft" }, proofOf(operation, root)));
  }
  return parts;
}

function responsePart(responses) {
  return Object.entries(responses).flatMap(([status, { description, content }]) =>
    Object.entries(content || {}).flatMap(([type, { examples }]) => {
      const shown = Object.entries(examples || { [type]: { value: null } });
      return shown.map(([name, { value }]) => element("details", { open: status.startsWith("2") },
        element("summary", {}, status.startsWith("2") ? `${status} ${description}` : `${status} ${description}: ${name.replaceAll("_", " ")}`),
        value === null ? null : element("pre", {}, JSON.stringify(value, null, 2))));
    }));
}

function article(path, method, operation, root) {
  return element("article", { id: operation.operationId || method + path },
    element("h3", {}, operation.summary || path),
    element("p", { className: "call" },
      element("span", { className: `method ${method}` }, method.toUpperCase()), element("code", {}, path)),
    operation.description ? element("p", {}, operation.description) : null,
    ...requestPart(operation, root), element("h4", {}, "Answers"), ...responsePart(operation.responses));
}

function rank(method) {
  return ["post", "get", "put", "delete"].indexOf(method);
}

function draw(root) {
  const reference = document.getElementById("reference");
  const contents = document.getElementById("contents");
  reference.replaceChildren(element("h1", {}, root.info.title), element("p", { className: "soft" }, root.info.description || ""));
  const groups = new Map();
  for (const [path, methods] of Object.entries(root.paths)) {
    for (const [method, operation] of Object.entries(methods).sort(([one], [other]) => rank(one) - rank(other))) {
      const tag = (operation.tags || ["Other"])[0];
      groups.set(tag, [...(groups.get(tag) || []), article(path, method, operation, root)]);
    }
  }
  for (const [tag, articles] of groups) {
    contents.append(element("h2", {}, tag), ...articles.map((each) =>
      element("a", { href: `#${each.id}` }, each.querySelector("h3").textContent)));
    reference.append(...articles);
  }
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

const source = document.body.dataset.document;
fetch(source).then((answer) => {
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return answer.json();
}).then(draw).catch((error) => {
  document.getElementById("status").textContent = `The reference cannot be drawn: ${error.message}`;
});
