#pragma once
#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Holds a GraphQL query against a schema, as far as our queries need it: fields, arguments, variables, selections.
namespace mcp::test {

/// Names, "..." and single signs; blanks, commas, comments and descriptions left out.
inline std::vector<std::string> graphql_tokens(std::string_view text) {
    const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (text.substr(at, 3) == "\"\"\"") {
            at = std::min(text.find("\"\"\"", at + 3), text.size() - 3) + 3;
        } else if (text.substr(at, 3) == "...") {
            tokens.emplace_back("...");
            at += 3;
        } else if (is_name(c)) {
            std::size_t end = at;
            while (end < text.size() && is_name(text[end])) {
                ++end;
            }
            tokens.emplace_back(text.substr(at, end - at));
            at = end;
        } else {
            if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != ',') {
                tokens.emplace_back(1, c);
            }
            ++at;
        }
    }
    return tokens;
}

class GraphqlReader {
public:
    explicit GraphqlReader(std::string_view text) : tokens_(graphql_tokens(text)) {}

    [[nodiscard]] bool at_end() const { return next_ >= tokens_.size(); }
    [[nodiscard]] std::string peek() const { return at_end() ? "" : tokens_[next_]; }
    std::string take() {
        if (at_end()) {
            throw std::invalid_argument("GraphQL ends too early");
        }
        return tokens_[next_++];
    }
    bool take_if(std::string_view token) {
        const bool is_next = peek() == token;
        next_ += is_next ? 1 : 0;
        return is_next;
    }
    void expect(std::string_view token) {
        if (const std::string found = take(); found != token) {
            throw std::invalid_argument("expected '" + std::string(token) + "', found '" + found + "'");
        }
    }
    /// "[Channel!]!", without the blanks.
    std::string take_type() {
        std::string type;
        if (take_if("[")) {
            type = "[" + take_type();
            expect("]");
            type += "]";
        } else {
            type = take();
        }
        return type + (take_if("!") ? "!" : "");
    }
    /// A value, as one text: "{limit:10 offset:0}".
    std::string take_value() {
        std::string value = take();
        if (value == "$") {
            return value + take();
        }
        const std::string end = value == "{" ? "}" : value == "[" ? "]" : "";
        while (!end.empty() && !take_if(end)) {
            value += take();
            value += take_if(":") ? ":" : " ";
        }
        return value + end;
    }

private:
    std::vector<std::string> tokens_;
    std::size_t next_ = 0;
};

/// The name within "[Channel!]!".
inline std::string bare(std::string type) {
    std::erase_if(type, [](char c) { return c == '[' || c == ']' || c == '!'; });
    return type;
}

class GraphqlSchema {
public:
    struct Argument {
        std::string type;
        bool has_default = false;
    };
    struct Field {
        std::string type;
        std::map<std::string, Argument> arguments = {};
    };
    using Fields = std::map<std::string, Field>;

    explicit GraphqlSchema(std::string_view sdl) {
        GraphqlReader reader(sdl);
        while (!reader.at_end()) {
            const std::string kind = reader.take();
            const std::string name = reader.take();
            reader.expect("{");
            if (kind == "enum") {
                while (!reader.take_if("}")) {
                    reader.take();
                }
                continue;
            }
            Fields& fields = (kind == "input" ? inputs_ : types_)[name];
            while (!reader.take_if("}")) {
                const std::string field = reader.take();
                fields[field] = read_field(reader);
            }
        }
    }

    [[nodiscard]] const Fields* type(const std::string& name) const { return find(types_, name); }
    [[nodiscard]] const Fields* input(const std::string& name) const { return find(inputs_, name); }

private:
    static const Fields* find(const std::map<std::string, Fields>& all, const std::string& name) {
        const auto found = all.find(name);
        return found == all.end() ? nullptr : &found->second;
    }
    static Field read_field(GraphqlReader& reader) {
        Field field;
        if (reader.take_if("(")) {
            while (!reader.take_if(")")) {
                const std::string name = reader.take();
                reader.expect(":");
                Argument argument{.type = reader.take_type()};
                if (reader.take_if("=")) {
                    reader.take_value();
                    argument.has_default = true;
                }
                field.arguments[name] = argument;
            }
        }
        reader.expect(":");
        field.type = reader.take_type();
        return field;
    }

    std::map<std::string, Fields> types_;
    std::map<std::string, Fields> inputs_;
};

/// What a server would refuse in a query; none when all is well. Syntax throws std::invalid_argument.
class GraphqlCheck {
public:
    static std::vector<std::string> faults(const GraphqlSchema& schema, std::string_view query) {
        GraphqlCheck check(schema);
        check.find_fragments(query);
        GraphqlReader reader(query);
        while (!reader.at_end()) {
            check.read_definition(reader);
        }
        for (const auto& [name, type] : check.fragments_) {
            if (!check.spread_.contains(name)) {
                check.faults_.push_back("fragment " + name + " is not used");
            }
        }
        return check.faults_;
    }

private:
    explicit GraphqlCheck(const GraphqlSchema& schema) : schema_(schema) {}

    void find_fragments(std::string_view query) {
        GraphqlReader reader(query);
        while (!reader.at_end()) {
            if (reader.take() == "fragment") {
                const std::string name = reader.take();
                reader.expect("on");
                fragments_[name] = reader.take();
            }
        }
    }

    void read_definition(GraphqlReader& reader) {
        if (reader.take_if("fragment")) {
            reader.take();
            reader.expect("on");
            const std::string type = reader.take();
            return read_selection(reader, type);
        }
        reader.expect("query");
        reader.take();
        variables_.clear();
        if (reader.take_if("(")) {
            while (!reader.take_if(")")) {
                reader.expect("$");
                const std::string name = reader.take();
                reader.expect(":");
                variables_["$" + name] = reader.take_type();
            }
        }
        read_selection(reader, "Query");
        for (const auto& [name, type] : variables_) {
            if (!used_.contains(name)) {
                faults_.push_back("variable " + name + " is not used");
            }
        }
    }

    void read_selection(GraphqlReader& reader, const std::string& type) {
        const GraphqlSchema::Fields* fields = schema_.type(type);
        if (fields == nullptr) {
            faults_.push_back("no type " + type);
        }
        reader.expect("{");
        std::set<std::string> names;
        while (!reader.take_if("}")) {
            if (reader.take_if("...")) {
                const std::string fragment = reader.take();
                spread_.insert(fragment);
                if (fragments_[fragment] != type) {
                    faults_.push_back("fragment " + fragment + " is not of " + type);
                }
                continue;
            }
            std::string name = reader.take();
            if (!names.insert(name).second) {
                faults_.push_back(type + "." + name + " stands twice");
            }
            if (reader.take_if(":")) {
                name = reader.take();
            }
            read_field(reader, type, name, fields);
        }
    }

    void read_field(GraphqlReader& reader, const std::string& type, const std::string& name,
                    const GraphqlSchema::Fields* fields) {
        const bool is_known = fields != nullptr && fields->contains(name);
        const GraphqlSchema::Field field = is_known ? fields->at(name) : GraphqlSchema::Field{};
        if (!is_known) {
            faults_.push_back("no field " + type + "." + name);
        }
        std::set<std::string> given;
        if (reader.take_if("(")) {
            while (!reader.take_if(")")) {
                const std::string argument = reader.take();
                reader.expect(":");
                given.insert(argument);
                check_argument(field, type + "." + name, argument, reader.take_value());
            }
        }
        for (const auto& [argument, what] : field.arguments) {
            if (what.type.back() == '!' && !what.has_default && !given.contains(argument)) {
                faults_.push_back(type + "." + name + " needs " + argument);
            }
        }
        const std::string inner = bare(field.type);
        const bool has_selection = reader.peek() == "{";
        if (is_known && has_selection != (schema_.type(inner) != nullptr)) {
            faults_.push_back(type + "." + name + (has_selection ? " has no fields" : " needs a selection"));
        }
        if (has_selection) {
            read_selection(reader, inner);
        }
    }

    void check_argument(const GraphqlSchema::Field& field, const std::string& where, const std::string& name,
                        const std::string& value) {
        const auto argument = field.arguments.find(name);
        if (argument == field.arguments.end()) {
            faults_.push_back(where + " takes no " + name);
            return;
        }
        if (value.front() == '$') {
            used_.insert(value);
            if (variables_[value] != argument->second.type) {
                faults_.push_back(where + ": " + name + " is no " + variables_[value]);
            }
            return;
        }
        const GraphqlSchema::Fields* input = schema_.input(bare(argument->second.type));
        if ((value.front() == '{') != (input != nullptr)) {
            faults_.push_back(where + ": " + name + " is no " + argument->second.type);
            return;
        }
        if (input != nullptr) {
            check_object(*input, where, value.substr(1, value.size() - 2));
        }
    }

    void check_object(const GraphqlSchema::Fields& input, const std::string& where, const std::string& members) {
        GraphqlReader reader(members);
        std::set<std::string> given;
        while (!reader.at_end()) {
            const std::string member = reader.take();
            reader.expect(":");
            reader.take_value();
            given.insert(member);
            if (!input.contains(member)) {
                faults_.push_back(where + " takes no " + member);
            }
        }
        for (const auto& [member, what] : input) {
            if (what.type.back() == '!' && !given.contains(member)) {
                faults_.push_back(where + " needs " + member);
            }
        }
    }

    const GraphqlSchema& schema_;
    std::map<std::string, std::string> fragments_; ///< and their types
    std::map<std::string, std::string> variables_;
    std::set<std::string> spread_;
    std::set<std::string> used_;
    std::vector<std::string> faults_;
};

} // namespace mcp::test
