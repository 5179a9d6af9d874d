// Any bytes as a JSON document: every value in it is asked for as every kind.
#include "base/json/document.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using mcp::json::Cursor;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void ask_everything(const Cursor& value) {
    const mcp::Result<std::uint64_t> whole = value.as_u64();
    const mcp::Result<std::int64_t> with_sign = value.as_i64();
    if (whole && with_sign) {
        demand(*whole == static_cast<std::uint64_t>(*with_sign));
    }
    if (!whole) {
        demand(!mcp::language::render(whole.error(), mcp::language::Language::en).empty());
    }
    const int kinds = value.as_string().has_value() + value.as_bool().has_value() + value.as_double().has_value() +
                      value.items().has_value();
    demand(kinds <= 1);
    demand(!value.is_absent() || kinds == 0);
    if (const mcp::Result<std::vector<Cursor>> items = value.items()) {
        for (const Cursor& item : *items) {
            ask_everything(item);
        }
    }
    if (const Cursor inner = value.at("a"); !inner.is_absent()) {
        ask_everything(inner);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = mcp::json::Document::parse({reinterpret_cast<const char*>(data), size});
    if (document) {
        ask_everything(document->root());
    } else {
        demand(!mcp::language::render(document.error(), mcp::language::Language::fr).empty());
    }
    return 0;
}
