#include "api/docs_page.hpp"

namespace mcp::api {

std::string_view docs_script_text() {
    return R"js('use strict';
// Shows openapi.json: every route with its parameters, its fields, an answer, and a curl line that can be pasted.

const words = document.body.dataset;
const base = new URL('.', location.href).href.replace(/\/$/, '');
const methods = ['get', 'put', 'post', 'delete'];

/** An element; children are elements or texts, which are never read as HTML. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function resolve(spec, node) {
  while (node && node.$ref) {
    node = node.$ref.slice(2).split('/').reduce((at, key) => at[key.replace(/~1/g, '/').replace(/~0/g, '~')], spec);
  }
  return node;
}

/** A schema in few words: "integer 1–90", "fr | en". */
function kind(spec, given) {
  const schema = resolve(spec, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.anyOf) return schema.anyOf.map((one) => kind(spec, one)).join(' | ');
  const names = [].concat(schema.type || 'any');
  if (schema.format) names[0] = schema.format;
  let text = names.join(' | ');
  if (schema.type === 'array' && schema.items) text = kind(spec, schema.items) + '[]';
  const low = schema.minimum, high = schema.maximum;
  if (low !== undefined && high !== undefined) text += ` ${low}–${high}`;
  else if (low !== undefined) text += ` ≥ ${low}`;
  if (schema.maxLength !== undefined) text += ` ≤ ${schema.maxLength}`;
  if (schema.maxItems !== undefined) text += ` (≤ ${schema.maxItems})`;
  return text;
}

/** Rows [name, kind, required] of an object's fields, those within fields too. */
function fields(spec, given, prefix = '') {
  const schema = resolve(spec, given);
  const rows = [];
  for (const [name, property] of Object.entries(schema.properties || {})) {
    const inner = resolve(spec, property);
    rows.push([prefix + name, kind(spec, property), (schema.required || []).includes(name)]);
    if (inner.properties) rows.push(...fields(spec, inner, prefix + name + '.'));
    const items = inner.items && resolve(spec, inner.items);
    if (items && items.properties) rows.push(...fields(spec, items, prefix + name + '[].'));
  }
  return rows;
}

function fieldTable(spec, schema) {
  const rows = fields(spec, schema);
  if (!rows.length) return null;
  const body = make('tbody', {});
  for (const [name, type, required] of rows) {
    body.append(make('tr', {}, make('td', {}, make('code', {}, name)), make('td', {class: 'kind'}, type),
                     make('td', {class: 'need'}, required ? words.required : '')));
  }
  return make('details', {class: 'fields'}, make('summary', {}, words.fields),
              make('div', {class: 'scroll'}, make('table', {}, body)));
}

function quoted(text) {
  return "'" + text.replace(/'/g, "'\\''") + "'";
}

/** The call as a shell takes it. */
function curl(path, method, operation, token) {
  let url = path.replace(/\{(\w+)\}/g, (whole, name) => {
    const parameter = (operation.parameters || []).find((one) => one.name === name);
    return parameter ? encodeURIComponent(parameter.example) : whole;
  });
  const query = (operation.parameters || [])
    .filter((one) => one.in === 'query' && one.example !== one.schema.default)
    .map((one) => `${one.name}=${encodeURIComponent(one.example)}`);
  if (query.length) url += '?' + query.join('&');
  const lines = ['curl ' + (method === 'get' ? '' : `-X ${method.toUpperCase()} `) + quoted(base + url)];
  if (operation.security.length) {
    lines.push(token ? '-H ' + quoted('Authorization: Bearer ' + token) : '-H "Authorization: Bearer $TOKEN"');
  }
  for (const one of operation.parameters || []) {
    if (one.in === 'header') lines.push('-H ' + quoted(`${one.name}: ${one.example}`));
  }
  const content = operation.requestBody && operation.requestBody.content['application/json'];
  if (content) {
    lines.push("-H 'Content-Type: application/json'");
    lines.push('-d ' + quoted(JSON.stringify(content.example)));
  }
  return lines.join(' \\\n  ');
}

function codeBlock(text) {
  const code = make('code', {}, text);
  const button = make('button', {type: 'button', class: 'copy'}, words.copy);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      return;
    }
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 1500);
  });
  return make('div', {class: 'code'}, make('pre', {tabindex: '0'}, code), button);
}

function parameterTable(spec, operation) {
  if (!operation.parameters) return null;
  const body = make('tbody', {});
  for (const one of operation.parameters) {
    const normally = one.schema.default === undefined ? words.required : `${words.otherwise} ${one.schema.default}`;
    body.append(make('tr', {}, make('td', {}, make('code', {}, one.name)),
                     make('td', {class: 'kind'}, kind(spec, one.schema)), make('td', {class: 'need'}, normally),
                     make('td', {}, one.description)));
  }
  return make('section', {}, make('h4', {}, words.parameters), make('div', {class: 'scroll'}, make('table', {}, body)));
}

function answerList(spec, responses, shown) {
  const list = make('dl', {class: 'answers'});
  for (const [status, given] of Object.entries(responses)) {
    if (!shown(status)) continue;
    list.append(make('dt', {class: status < '400' ? 'good' : 'bad'}, status),
                make('dd', {}, resolve(spec, given).description));
  }
  return list;
}

/** The answer of a route that succeeds: its example and its fields. */
function success(spec, operation) {
  const [, response] = Object.entries(operation.responses).find(([status]) => status < '400');
  const content = response.content && Object.values(response.content)[0];
  if (!content || content.example === undefined) return null;
  const example = typeof content.example === 'string' ? content.example : JSON.stringify(content.example, null, 2);
  return make('section', {}, make('h4', {}, words.answer), codeBlock(example), fieldTable(spec, content.schema));
}

function article(spec, path, method, operation, callers) {
  const own = operation['x-own-refusals'];
  const call = codeBlock('');
  callers.push((token) => { call.querySelector('code').textContent = curl(path, method, operation, token); });
  const request = operation.requestBody && operation.requestBody.content['application/json'];
  return make('article', {id: operation.operationId},
    make('h3', {}, make('span', {class: 'method ' + method}, method.toUpperCase()), ' ',
         make('a', {href: '#' + operation.operationId, class: 'path'}, ...breakable(path)),
         make('span', {class: 'access'}, operation['x-access'])),
    make('p', {class: 'summary'}, operation.summary),
    operation.description ? make('p', {}, operation.description) : null,
    call,
    parameterTable(spec, operation),
    request ? make('section', {}, make('h4', {}, words.body), fieldTable(spec, request.schema)) : null,
    success(spec, operation),
    make('section', {}, make('h4', {}, words.answers), 
         answerList(spec, operation.responses, (status) => status < '400' || own.includes(Number(status)))));
}

/** A path that may be broken at its slashes on a narrow screen. */
function breakable(path) {
  return path.split('/').flatMap((part, place) => (place ? ['/', make('wbr'), part] : [part]));
}

function operations(spec) {
  const all = [];
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of methods) if (item[method]) all.push({path, method, operation: item[method]});
  }
  return all;
}

/** Statuses of errors that every route has: told once, at the end. */
function commonStatuses(all) {
  const lists = all.map(({operation}) => Object.keys(operation.responses).filter((status) => status >= '400'));
  return new Set(lists.reduce((common, list) => common.filter((status) => list.includes(status))));
}

function show(spec) {
  const all = operations(spec);
  const common = commonStatuses(all);
  const main = document.getElementById('routes');
  const contents = document.getElementById('contents');
  const callers = [];
  document.getElementById('version').textContent = spec.info.version;
  document.getElementById('about').textContent = spec.info.description;
  main.replaceChildren();
  for (const tag of spec.tags) {
    const list = make('ul', {});
    main.append(make('h2', {id: 'tag-' + tag.name}, tag.description));
    for (const {path, method, operation} of all.filter((one) => one.operation.tags[0] === tag.name)) {
      main.append(article(spec, path, method, operation, callers));
      list.append(make('li', {}, make('a', {href: '#' + operation.operationId},
        make('span', {class: 'method ' + method}, method.toUpperCase()), ' ', operation.summary)));
    }
    contents.append(make('h2', {}, tag.description), list);
  }
  main.append(make('h2', {id: 'common'}, words.common),
              answerList(spec, all[0].operation.responses, (status) => common.has(status)));
  main.removeAttribute('aria-busy');
  const token = document.getElementById('token');
  const fill = () => callers.forEach((caller) => caller(token.value.trim()));
  token.addEventListener('input', fill);
  fill();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

async function start() {
  if (matchMedia('(max-width: 60rem)').matches) document.getElementById('contents').open = false;
  try {
    const response = await fetch('openapi.json?lang=' + document.documentElement.lang);
    if (!response.ok) throw new Error(String(response.status));
    show(await response.json());
  } catch (fault) {
    document.getElementById('routes').replaceChildren(make('p', {class: 'fault'}, `${words.failed} (${fault.message})`));
  }
}

start();
)js";
}

} // namespace mcp::api
