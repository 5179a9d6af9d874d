#include "adapters/security/token_object.hpp"

#include "base/json/stream.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace mcp::adapters {

/// Collects the members of the outermost object; false, which ends the reading, at what no token may hold.
class TokenObjectBuilder : public json::Events {
public:
    bool object_begin() override {
        if (depth_ == 1) {
            put(TokenObject::Other{});
        }
        is_object_ = true;
        return begin();
    }
    bool array_begin() override {
        if (depth_ == 1) {
            put(std::vector<std::string>());
        }
        return begin();
    }
    bool object_end() override { return end(); }
    bool array_end() override { return end(); }
    bool member(std::string_view name) override {
        if (depth_ > 1) {
            return true;
        }
        if (object_.find(name) != nullptr || object_.members_.size() == kMembersMax) {
            return false;
        }
        object_.members_.push_back({std::string(name), TokenObject::Other{}});
        return true;
    }
    bool scalar(const json::Scalar& value) override {
        if (depth_ == 1) {
            std::visit([this](const auto& plain) { put(kept(plain)); }, value);
        } else if (depth_ == 2) {
            add_to_list(value);
        }
        return is_object_;
    }

    TokenObject take() { return std::move(object_); }

private:
    static constexpr std::size_t kMembersMax = 64;

    static TokenObject::Value kept(json::Null) { return TokenObject::Null{}; }
    static TokenObject::Value kept(bool) { return TokenObject::Other{}; }
    static TokenObject::Value kept(std::int64_t number) { return static_cast<double>(number); }
    static TokenObject::Value kept(std::uint64_t number) { return static_cast<double>(number); }
    static TokenObject::Value kept(double number) { return number; }
    static TokenObject::Value kept(std::string_view text) { return std::string(text); }

    bool begin() {
        ++depth_;
        return is_object_;
    }
    bool end() {
        --depth_;
        return true;
    }
    void put(TokenObject::Value value) { object_.members_.back().value = std::move(value); }
    void add_to_list(const json::Scalar& value) {
        auto* const list = std::get_if<std::vector<std::string>>(&object_.members_.back().value);
        if (const auto* text = std::get_if<std::string_view>(&value); list != nullptr && text != nullptr) {
            list->emplace_back(*text);
        }
    }

    TokenObject object_;
    std::size_t depth_ = 0;
    bool is_object_ = false;
};

Result<TokenObject> TokenObject::parse(std::string_view json) {
    TokenObjectBuilder builder;
    json::Stream stream(builder, {.depth = 16});
    const bool is_read =
        is_utf8(json) && stream.write(json) && !stream.stopped() && stream.finish() && !stream.stopped();
    if (!is_read) {
        return fail(ErrorKind::unauthenticated, {"token.not_an_object", {}});
    }
    return builder.take();
}

const TokenObject::Value* TokenObject::find(std::string_view name) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.name == name; });
    return found == members_.end() ? nullptr : &found->value;
}

bool TokenObject::has(std::string_view name) const {
    const Value* value = find(name);
    return value != nullptr && !std::holds_alternative<Null>(*value);
}

std::optional<std::string_view> TokenObject::text(std::string_view name) const {
    const Value* value = find(name);
    const std::string* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
    return text != nullptr ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<double> TokenObject::number(std::string_view name) const {
    const Value* value = find(name);
    const double* number = value != nullptr ? std::get_if<double>(value) : nullptr;
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

bool TokenObject::lists(std::string_view name, std::string_view text) const {
    const Value* value = find(name);
    const auto* texts = value != nullptr ? std::get_if<std::vector<std::string>>(value) : nullptr;
    return texts != nullptr && std::find(texts->begin(), texts->end(), text) != texts->end();
}

} // namespace mcp::adapters
