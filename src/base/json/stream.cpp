#include "base/json/stream.hpp"

#include "base/json/lone_surrogates.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <string>

namespace mcp::json {
namespace {

/// Puts names, strings and numbers that come in parts together, and passes everything on.
class Handler {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using Code = boost::json::error_code;
    using View = boost::json::string_view;

    Handler(Events& events, std::size_t string_bytes) : events_(events), string_bytes_(string_bytes) {}

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code& code) { return go_on(events_.object_begin(), code); }
    bool on_object_end(std::size_t, Code& code) { return go_on(events_.object_end(), code); }
    bool on_array_begin(Code& code) { return go_on(events_.array_begin(), code); }
    bool on_array_end(std::size_t, Code& code) { return go_on(events_.array_end(), code); }
    bool on_key_part(View part, std::size_t, Code& code) { return keep(part, code); }
    bool on_key(View part, std::size_t, Code& code) {
        const std::string_view name = whole(part, code);
        return !code && go_on(events_.member(name), code);
    }
    bool on_string_part(View part, std::size_t, Code& code) { return keep(part, code); }
    bool on_string(View part, std::size_t, Code& code) {
        const std::string_view text = whole(part, code);
        return !code && go_on(events_.scalar(Scalar(text)), code);
    }
    bool on_number_part(View, Code&) { return true; }
    bool on_int64(std::int64_t number, View text, Code& code) { return number_read(Scalar(number), text, code); }
    bool on_uint64(std::uint64_t number, View text, Code& code) { return number_read(Scalar(number), text, code); }
    bool on_double(double number, View text, Code& code) { return number_read(Scalar(number), text, code); }
    bool on_bool(bool value, Code& code) { return go_on(events_.scalar(Scalar(value)), code); }
    bool on_null(Code& code) { return go_on(events_.scalar(Scalar(Null{})), code); }
    bool on_comment_part(View, Code&) { return true; }
    bool on_comment(View, Code&) { return true; }

    [[nodiscard]] bool stopped() const { return stopped_; }
    [[nodiscard]] bool too_long() const { return too_long_; }
    /// Where in the chunk the last name, string or number ends; nullptr when none was read from it.
    const char* last_token_end = nullptr;

private:
    bool go_on(bool wanted, Code& code) {
        if (!wanted) {
            stopped_ = true;
            code = boost::json::error::syntax; // any error ends the parser
        }
        return wanted;
    }
    bool keep(View part, Code& code) {
        if (parts_.size() + part.size() > string_bytes_) {
            too_long_ = true;
            code = boost::json::error::string_too_large;
            return false;
        }
        parts_.append(part.data(), part.size());
        has_parts_ = true;
        return true;
    }
    /// The parts and this last one as one text, valid until the next event.
    std::string_view whole(View part, Code& code) {
        last_token_end = part.data() + part.size();
        if (!has_parts_) {
            return {part.data(), part.size()};
        }
        if (keep(part, code)) {
            complete_.swap(parts_);
        }
        parts_.clear();
        has_parts_ = false;
        return complete_;
    }
    bool number_read(const Scalar& number, View text, Code& code) {
        last_token_end = text.data() + text.size();
        return go_on(events_.scalar(number), code);
    }

    Events& events_;
    std::size_t string_bytes_;
    std::string parts_;
    std::string complete_;
    bool has_parts_ = false;
    bool stopped_ = false;
    bool too_long_ = false;
};

boost::json::parse_options options_for(const Limits& limits) {
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    options.allow_invalid_utf8 = true;
    return options;
}

Message at_byte(std::string_view key, std::uint64_t byte) {
    return Message{key, {{"byte", std::to_string(byte)}}}; // digits alone: a place to go to, not a quantity
}

} // namespace

class Stream::Impl {
public:
    Impl(Events& events, Limits limits) : limits_(limits), parser_(options_for(limits), events, limits.string_bytes) {}

    Result<void> write(std::string_view chunk) {
        if (bytes_ + chunk.size() > limits_.text_bytes) {
            return fail(ErrorKind::invalid_input,
                        {"json.too_large", {{"limit", static_cast<std::int64_t>(limits_.text_bytes)}}});
        }
        bytes_ += chunk.size();
        Result<void> done;
        mender_.pass_on(chunk, [&](std::string_view piece) {
            done = parse(piece, true);
            return done.has_value();
        });
        return done;
    }

    Result<void> finish() {
        Result<void> done;
        mender_.finish([&](std::string_view piece) {
            done = parse(piece, true);
            return done.has_value();
        });
        return done ? parse({}, false) : done;
    }

    [[nodiscard]] bool stopped() const { return parser_.handler().stopped(); }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] std::uint64_t document_begin() const { return document_begin_; }

private:
    using Parser = boost::json::basic_parser<Handler>;

    Result<void> parse(std::string_view piece, bool more) {
        while (!stopped()) {
            const Result<std::size_t> taken = parse_document(piece, more);
            if (!taken) {
                return fail(taken.error());
            }
            if (stopped() || *taken == piece.size()) {
                return {};
            }
            piece.remove_prefix(*taken);
            if (documents_ == limits_.documents || piece.front() != '{') {
                return fail(ErrorKind::invalid_input, at_byte("json.trailing", parsed_));
            }
            ++documents_;
            document_begin_ = parsed_;
            parser_.reset();
        }
        return {};
    }

    /// @return how much of the piece belongs to this document; less than all of it once the document is complete
    Result<std::size_t> parse_document(std::string_view piece, bool more) {
        Handler& handler = parser_.handler();
        handler.last_token_end = nullptr;
        boost::json::error_code code;
        const std::size_t taken = parser_.write_some(more, piece.data(), piece.size(), code);
        if (handler.last_token_end != nullptr && is_within(handler.last_token_end, piece)) {
            last_good_byte_ = parsed_ + static_cast<std::uint64_t>(handler.last_token_end - piece.data());
        }
        parsed_ += code ? piece.size() : taken;
        return code && !stopped() ? Result<std::size_t>(fail(fault(code))) : Result<std::size_t>(taken);
    }

    /// A token that was finished out of the parser's own memory points elsewhere.
    static bool is_within(const char* at, std::string_view piece) {
        return std::greater_equal<>{}(at, piece.data()) && std::less_equal<>{}(at, piece.data() + piece.size());
    }

    Error fault(const boost::json::error_code& code) const {
        const auto invalid = [](Message what) {
            return Error{.kind = ErrorKind::invalid_input, .what = std::move(what)};
        };
        if (code == boost::json::error::incomplete) {
            return invalid(at_byte("json.truncated", bytes_));
        }
        if (code == boost::json::error::too_deep) {
            return invalid(
                {"json.too_deep",
                 {{"byte", std::to_string(last_good_byte_)}, {"limit", static_cast<std::int64_t>(limits_.depth)}}});
        }
        if (parser_.handler().too_long()) {
            return invalid({"json.string_too_long",
                            {{"byte", std::to_string(last_good_byte_)},
                             {"limit", static_cast<std::int64_t>(limits_.string_bytes)}}});
        }
        return invalid(at_byte("json.syntax", last_good_byte_));
    }

    Limits limits_;
    Parser parser_;
    SurrogateMender mender_;
    std::uint64_t bytes_ = 0;          ///< written
    std::uint64_t parsed_ = 0;         ///< given to the parser
    std::uint64_t last_good_byte_ = 0; ///< end of the last name, string or number
    std::uint64_t document_begin_ = 0;
    std::size_t documents_ = 1; ///< begun
};

Stream::Stream(Events& events, Limits limits) : impl_(std::make_unique<Impl>(events, limits)) {}
Stream::~Stream() = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;

Result<void> Stream::write(std::string_view chunk) {
    return impl_->write(chunk);
}

Result<void> Stream::finish() {
    return impl_->finish();
}

bool Stream::stopped() const {
    return impl_->stopped();
}

std::uint64_t Stream::bytes() const {
    return impl_->bytes();
}

std::uint64_t Stream::document_begin() const {
    return impl_->document_begin();
}

} // namespace mcp::json
