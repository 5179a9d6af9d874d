#include "flow/node/statement.hpp"

#include "base/json/document.hpp"
#include "flow/node/statement_checks.hpp"
#include "flow/node/statement_fields.hpp"
#include "flow/node/statement_reader.hpp"
#include "flow/node/statement_writer.hpp"

namespace mcp::flow {
namespace {

constexpr json::Limits kLimits{.depth = 24, .string_bytes = 4096, .text_bytes = kStatementBytesMax};

Result<void> check_version(const json::Cursor& root) {
    const json::Cursor version = root.at("statement");
    const Result<std::int64_t> number = version.as_i64();
    if (!number) {
        return fail(number.error());
    }
    if (*number != fields::kVersion) {
        return fail(ErrorKind::invalid_input,
                    {"statement.version",
                     {{"path", version.path()}, {"found", *number}, {"known", std::int64_t{fields::kVersion}}}});
    }
    return {};
}

} // namespace

std::string statement_text(const domain::OwnNode& node) {
    StatementWriter writer;
    writer.object({}, node, [](auto& way, auto& all) {
        way.whole("statement", fields::kVersion, fields::kVersion, fields::kVersion);
        fields::kNode(way, all);
    });
    return writer.take();
}

Result<domain::OwnNode> read_statement(std::string_view text) {
    Result<json::Document> document = json::Document::parse(text, kLimits);
    if (!document) {
        return fail(std::move(document.error()));
    }
    const Result<void> version = check_version(document->root());
    if (!version) {
        return fail(version.error());
    }
    domain::OwnNode node;
    StatementReader reader(document->root());
    fields::kNode(reader, node);
    if (reader.fault()) {
        return fail(*reader.fault());
    }
    const Result<void> checked = check_statement(node);
    if (!checked) {
        return fail(checked.error());
    }
    return node;
}

} // namespace mcp::flow
