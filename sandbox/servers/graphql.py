"""As much of GraphQL as a client's queries need: operations, variables, aliases, arguments, fragments; no directives.

A schema is {type: {field: "Type!" | "[Type!]!" ...}}; what is no key of it is a scalar. A value is a dict whose entries
may be functions of the arguments; Failure stands for a field that failed.
"""
import re

TOKEN = re.compile(r'[\s,\ufeff]+|#[^\n]*|(\.\.\.|[!$():=@\[\]{}|&]|"(?:[^"\\\n]|\\.)*"'
                   r'|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[_A-Za-z]\w*)')
DEPTH_MAX = 30


class Refused(Exception):
    """The request as a whole is not executed."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class Failure:
    def __init__(self, message):
        self.message = message


class _Null(Exception):
    """Something inside may not be null, and is."""


class Variable(str):
    pass


class Enum(str):
    pass


class Field:
    def __init__(self, name, key, arguments, selections):
        self.name, self.key, self.arguments, self.selections = name, key, arguments, selections


class Spread:
    def __init__(self, fragment=None, selections=None):
        self.fragment, self.selections = fragment, selections


class _Parser:
    def __init__(self, text):
        self._tokens, at = [], 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise Refused(f'Syntax Error: Unexpected character: "{text[at]}".', "GRAPHQL_PARSE_FAILED")
            if found[1]:
                self._tokens.append(found[1])
            at = found.end()
        self._at = 0
        self.operations, self.fragments = {}, {}

    def _peek(self):
        return self._tokens[self._at] if self._at < len(self._tokens) else "<EOF>"

    def _next(self, wanted=None):
        token = self._peek()
        if token == "<EOF>" or wanted not in (None, token):
            raise Refused(f'Syntax Error: Expected "{wanted or "Name"}", found {token}.', "GRAPHQL_PARSE_FAILED")
        self._at += 1
        return token

    def _took(self, token):
        if self._peek() == token:
            self._at += 1
            return True
        return False

    def document(self):
        while self._peek() != "<EOF>":
            kind = self._peek()
            if kind == "{":
                self.operations[None] = ({}, self._selections(0))
            elif kind == "fragment":
                self._next()
                name = self._next()
                self._next("on")
                self._next()
                self.fragments[name] = self._selections(0)
            else:
                if kind not in ("query", "mutation", "subscription"):
                    raise Refused(f'Syntax Error: Unexpected {kind}.', "GRAPHQL_PARSE_FAILED")
                self._next()
                name = self._next() if self._peek() not in ("(", "{") else None
                defaults = self._defaults() if self._took("(") else {}
                if kind != "query":
                    raise Refused(f"Schema is not configured for {kind}s.", "GRAPHQL_VALIDATION_FAILED")
                self.operations[name] = (defaults, self._selections(0))

    def _defaults(self):
        """The variables that are declared: name -> (type, default)."""
        declared = {}
        while not self._took(")"):
            self._next("$")
            name = self._next()
            self._next(":")
            kind = ""
            while self._peek() not in ("$", "=", ")"):
                kind += self._next()
            declared[name] = (kind, self._value() if self._took("=") else None)
        return declared

    def _selections(self, depth):
        if depth > DEPTH_MAX:
            raise Refused("Query is too deep", "GRAPHQL_VALIDATION_FAILED")
        self._next("{")
        found = []
        while not self._took("}"):
            if self._took("..."):
                if self._peek() == "{" or self._peek() == "on":
                    if self._took("on"):
                        self._next()
                    found.append(Spread(selections=self._selections(depth + 1)))
                else:
                    found.append(Spread(fragment=self._next()))
                continue
            key = name = self._next()
            if self._took(":"):
                name = self._next()
            arguments = {}
            if self._took("("):
                while not self._took(")"):
                    argument = self._next()
                    self._next(":")
                    arguments[argument] = self._value()
            found.append(Field(name, key, arguments, self._selections(depth + 1) if self._peek() == "{" else None))
        return found

    def _value(self):
        token = self._next()
        if token == "$":
            return Variable(self._next())
        if token == "[":
            values = []
            while not self._took("]"):
                values.append(self._value())
            return values
        if token == "{":
            fields = {}
            while not self._took("}"):
                name = self._next()
                self._next(":")
                fields[name] = self._value()
            return fields
        if token[0] == '"':
            return token[1:-1].encode().decode("unicode_escape") if "\\" in token else token[1:-1]
        if token[0] == "-" or token[0].isdigit():
            return float(token) if any(letter in token for letter in ".eE") else int(token)
        return {"true": True, "false": False, "null": None}.get(token, Enum(token))


def _filled(value, variables):
    if isinstance(value, Variable):
        return variables.get(value)
    if isinstance(value, list):
        return [_filled(inner, variables) for inner in value]
    if isinstance(value, dict):
        return {name: _filled(inner, variables) for name, inner in value.items()}
    return value


class _Run:
    def __init__(self, schema, fragments, variables):
        self._schema, self._fragments, self._variables = schema, fragments, variables
        self.errors = []

    def fields(self, selections):
        for one in selections:
            if isinstance(one, Field):
                yield one
            elif one.fragment is None:
                yield from self.fields(one.selections)
            elif one.fragment in self._fragments:
                yield from self.fields(self._fragments[one.fragment])
            else:
                raise Refused(f'Unknown fragment "{one.fragment}".', "GRAPHQL_VALIDATION_FAILED")

    def validate(self, kind, selections):
        known = self._schema[kind]
        for field in self.fields(selections):
            if field.name == "__typename":
                continue
            if field.name not in known:
                raise Refused(f'Cannot query field "{field.name}" on type "{kind}".', "GRAPHQL_VALIDATION_FAILED")
            inner = known[field.name].strip("[]!")
            if (inner in self._schema) != (field.selections is not None):
                wrong = "must not have a selection since type" if field.selections else "must have a selection of subfields: type"
                raise Refused(f'Field "{field.name}" {wrong} "{known[field.name]}".', "GRAPHQL_VALIDATION_FAILED")
            if field.selections is not None:
                self.validate(inner, field.selections)

    def object(self, kind, value, selections, path):
        answer = {}
        for field in self.fields(selections):
            if field.name == "__typename":
                answer[field.key] = kind
                continue
            found = value[field.name]
            if callable(found):
                found = found(**_filled(field.arguments, self._variables))
            done = self.complete(self._schema[kind][field.name], found, field, path + [field.key])
            if isinstance(done, dict) and isinstance(answer.get(field.key), dict):
                answer[field.key] |= done  # the same field twice: merged
            else:
                answer[field.key] = done
        return answer

    def complete(self, kind, value, field, path):
        try:
            return self._completed(kind, value, field, path)
        except _Null:
            if kind.endswith("!"):
                raise
            return None

    def _completed(self, kind, value, field, path):
        required = kind.endswith("!")
        kind = kind.rstrip("!")
        if isinstance(value, Failure):
            self.errors.append({"message": value.message, "path": path, "extensions": {"code": "INTERNAL_SERVER_ERROR"}})
            value = None
        elif value is None and required:
            self.errors.append({"message": f"Cannot return null for non-nullable field {field.name}.", "path": path})
        if value is None:
            if required:
                raise _Null
            return None
        if kind.startswith("["):
            return [self.complete(kind[1:-1], inner, field, path + [i]) for i, inner in enumerate(value)]
        if kind in self._schema:
            return self.object(kind, value, field.selections, path)
        return str(value) if kind == "String" else value


def execute(schema, root, document):
    """The answer to a request document {query, variables?, operationName?}. Refused for what is not executed at all."""
    parser = _Parser(str(document.get("query", "")))
    parser.document()
    name = document.get("operationName")
    chosen = parser.operations.get(name) if name else next(iter(parser.operations.values()), None)
    if chosen is None:
        raise Refused("Must provide an operation.", "OPERATION_RESOLUTION_FAILURE")
    declared, selections = chosen
    given = document.get("variables") or {}
    variables = {}
    for variable, (kind, default) in declared.items():
        variables[variable] = given.get(variable, default)
        if variables[variable] is None and kind.endswith("!"):
            raise Refused(f'Variable "${variable}" of required type "{kind}" was not provided.', "BAD_USER_INPUT")
    run = _Run(schema, parser.fragments, variables)
    run.validate("Query", selections)
    try:
        data = run.object("Query", root, selections, [])
    except _Null:
        data = None
    return {"data": data} | ({"errors": run.errors} if run.errors else {})
