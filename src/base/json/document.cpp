#include "base/json/document.hpp"

#include "base/text.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

namespace mcp::json {
namespace {

/// Builds the document from the events of the one parser that all JSON goes through.
class Builder : public Events {
public:
    Builder() { stack_.reset(); }

    bool object_begin() override { return begin(); }
    bool array_begin() override { return begin(); }
    bool object_end() override {
        stack_.push_object(take_count());
        return true;
    }
    bool array_end() override {
        stack_.push_array(take_count());
        return true;
    }
    bool member(std::string_view name) override {
        stack_.push_key(name);
        return check_utf8(name);
    }
    bool scalar(const Scalar& value) override {
        count_value();
        return std::visit([this](const auto& plain) { return push(plain); }, value);
    }

    boost::json::value take() { return stack_.release(); }
    /// Why the reading was stopped: a key of the message table.
    [[nodiscard]] std::string_view refusal() const {
        return meets_endless_number_ ? "json.number_too_large" : "json.not_utf8";
    }

private:
    bool begin() {
        count_value();
        counts_.push_back(0);
        return true;
    }
    void count_value() {
        if (!counts_.empty()) {
            ++counts_.back();
        }
    }
    std::size_t take_count() {
        const std::size_t count = counts_.back();
        counts_.pop_back();
        return count;
    }
    bool push(Null) {
        stack_.push_null();
        return true;
    }
    bool push(bool value) {
        stack_.push_bool(value);
        return true;
    }
    bool push(std::int64_t value) {
        stack_.push_int64(value);
        return true;
    }
    bool push(std::uint64_t value) {
        stack_.push_uint64(value);
        return true;
    }
    bool push(double value) {
        stack_.push_double(value);
        return is_finite(value);
    }
    bool push(std::string_view value) {
        stack_.push_string(value);
        return check_utf8(value);
    }
    /// @return false, which stops the reading, at text that is not UTF-8
    static bool check_utf8(std::string_view text) { return is_utf8(text); }
    /// "1e999" would come back as a text that is no JSON.
    bool is_finite(double value) {
        meets_endless_number_ = !std::isfinite(value);
        return !meets_endless_number_;
    }

    bool meets_endless_number_ = false;
    boost::json::value_stack stack_;
    std::vector<std::size_t> counts_; ///< values so far in each open array or object
};

constexpr std::size_t kShownBytes = 40;

/// The beginning of a value, as it stands in JSON.
std::string excerpt(const boost::json::value& value) {
    if (value.is_structured()) {
        return value.is_object() ? "{...}" : "[...]";
    }
    const std::string text = boost::json::serialize(value);
    return text.size() <= kShownBytes ? text : clean_text(text.substr(0, kShownBytes)).text + "...";
}

} // namespace

Cursor::Cursor(const boost::json::value* value, std::string path) : value_(value), path_(std::move(path)) {}

bool Cursor::is_absent() const {
    return value_ == nullptr || value_->is_null();
}

bool Cursor::is_object() const {
    return value_ != nullptr && value_->is_object();
}

Cursor Cursor::at(std::string_view name) const {
    std::string path = path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
    const boost::json::object* object = value_ != nullptr ? value_->if_object() : nullptr;
    return {object != nullptr ? object->if_contains(name) : nullptr, std::move(path)};
}

std::vector<std::string> Cursor::names() const {
    std::vector<std::string> names;
    const boost::json::object* object = value_ != nullptr ? value_->if_object() : nullptr;
    if (object != nullptr) {
        for (const auto& member : *object) {
            names.emplace_back(member.key());
        }
    }
    return names;
}

std::string Cursor::text() const {
    return value_ != nullptr ? boost::json::serialize(*value_) : "null";
}

std::size_t Cursor::count() const {
    const boost::json::array* array = value_ != nullptr ? value_->if_array() : nullptr;
    return array != nullptr ? array->size() : 0;
}

Result<std::vector<Cursor>> Cursor::items() const {
    const boost::json::array* array = value_ != nullptr ? value_->if_array() : nullptr;
    if (array == nullptr) {
        return refuse("json.expected_array");
    }
    std::vector<Cursor> cursors;
    cursors.reserve(array->size());
    for (const boost::json::value& item : *array) {
        cursors.emplace_back(&item, fmt::format("{}[{}]", path_, cursors.size()));
    }
    return cursors;
}

Result<std::uint64_t> Cursor::as_u64() const {
    const std::optional<Scalar> value = scalar();
    const std::optional<std::uint64_t> number = value ? whole_u64(*value) : std::nullopt;
    return number ? Result<std::uint64_t>(*number) : refuse("json.expected_u64");
}

Result<std::int64_t> Cursor::as_i64() const {
    const std::optional<Scalar> value = scalar();
    const std::optional<std::int64_t> number = value ? whole_i64(*value) : std::nullopt;
    return number ? Result<std::int64_t>(*number) : refuse("json.expected_i64");
}

Result<double> Cursor::as_double() const {
    if (value_ == nullptr || !value_->is_number()) {
        return refuse("json.expected_number");
    }
    return value_->to_number<double>();
}

Result<bool> Cursor::as_bool() const {
    const bool* flag = value_ != nullptr ? value_->if_bool() : nullptr;
    return flag != nullptr ? Result<bool>(*flag) : refuse("json.expected_bool");
}

Result<std::string_view> Cursor::as_string() const {
    const boost::json::string* text = value_ != nullptr ? value_->if_string() : nullptr;
    if (text == nullptr) {
        return refuse("json.expected_string");
    }
    return std::string_view(text->data(), text->size());
}

std::optional<Scalar> Cursor::scalar() const {
    if (value_ == nullptr) {
        return std::nullopt;
    }
    if (const std::int64_t* number = value_->if_int64()) {
        return Scalar(*number);
    }
    if (const std::uint64_t* number = value_->if_uint64()) {
        return Scalar(*number);
    }
    if (const double* number = value_->if_double()) {
        return Scalar(*number);
    }
    if (const boost::json::string* text = value_->if_string()) {
        return Scalar(std::string_view(text->data(), text->size()));
    }
    return std::nullopt;
}

tl::unexpected<Error> Cursor::refuse(std::string_view expected_key) const {
    const std::string where = path_.empty() ? "$" : path_;
    if (is_absent()) {
        return fail(ErrorKind::invalid_input, {"json.missing", {{"path", where}}});
    }
    return fail(ErrorKind::invalid_input, {expected_key, {{"path", where}, {"found", excerpt(*value_)}}});
}

Result<Document> Document::parse(std::string_view text, Limits limits) {
    Builder builder;
    Stream stream(builder, limits);
    Result<void> done = stream.write(text);
    if (done) {
        done = stream.finish();
    }
    if (!done) {
        return fail(std::move(done.error()));
    }
    if (stream.stopped()) {
        return fail(ErrorKind::invalid_input, {builder.refusal(), {}});
    }
    return Document(builder.take());
}

} // namespace mcp::json
