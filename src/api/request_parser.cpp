// The only file that knows Beast: its reader of HTTP/1.
#include "api/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <initializer_list>
#include <string_view>

namespace mcp::api {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

bool equals_ignoring_case(boost::beast::string_view a, boost::beast::string_view b) {
    return boost::beast::iequals(a, b);
}

bool is_plain_number(std::string_view value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One request, told by Beast as it is read.
class Reader final : public http::basic_parser<true> {
public:
    Reader(Fields& fields, std::string& body) : fields_(fields), body_(body) {
        header_limit(kHeadMax);
        body_limit(boost::none); // the route decides, once it is known
    }

private:
    using View = boost::beast::string_view;

    void on_request_impl(http::verb, View method, View target, int version, error_code& fault) override {
        if (target.size() > kTargetMax) {
            fields_.is_target_too_long = true;
            fault = http::error::bad_target;
            return;
        }
        fields_.method = view(method);
        fields_.target = view(target);
        fields_.version = version;
    }
    void on_field_impl(http::field name, View name_text, View value, error_code&) override {
        if (!is_head_read_) { // a trailer is nothing that we asked for
            keep(name, name_text, value);
        }
    }
    void keep(http::field name, View name_text, View value) {
        switch (name) {
        case http::field::authorization:
            return once(fields_.authorization, value);
        case http::field::content_type:
            return once(fields_.content_type, value);
        case http::field::content_encoding:
            return once(fields_.content_encoding, value);
        case http::field::origin:
            return once(fields_.origin, value);
        case http::field::access_control_request_method:
            return once(fields_.wanted_method, value);
        case http::field::accept_language:
            return add(fields_.accept_language, value);
        case http::field::host:
            ++fields_.hosts;
            return;
        case http::field::expect:
            fields_.wants_continue = equals_ignoring_case(value, "100-continue");
            return;
        case http::field::content_length:
            ++fields_.lengths;
            fields_.is_ambiguous = fields_.is_ambiguous || !is_plain_number(view(value));
            return;
        case http::field::transfer_encoding:
            ++fields_.encodings;
            fields_.is_ambiguous = fields_.is_ambiguous || !equals_ignoring_case(value, "chunked");
            return;
        case http::field::unknown:
            if (equals_ignoring_case(name_text, "x-request-id")) {
                fields_.request_id = view(value);
            } else if (equals_ignoring_case(name_text, "x-forwarded-for")) {
                add(fields_.forwarded_for, value);
            } else if (equals_ignoring_case(name_text, "mcp-agent-key")) {
                once(fields_.agent_key, value);
            } else if (equals_ignoring_case(name_text, "mcp-signature")) {
                once(fields_.signature, value);
            }
            return;
        default:
            return;
        }
    }
    void once(std::string& kept, View value) {
        fields_.is_ambiguous = fields_.is_ambiguous || !kept.empty();
        kept = view(value);
    }
    static void add(std::string& kept, View value) { // a list that is given in pieces is one list
        kept += kept.empty() ? "" : ",";
        kept += view(value);
    }
    void on_header_impl(error_code&) override { is_head_read_ = true; }
    std::size_t on_body_impl(View body, error_code&) override {
        body_ += view(body);
        return body.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code&) override {
        body_ += view(body);
        return body.size();
    }
    void on_response_impl(int, View, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    Fields& fields_;
    std::string& body_;
    bool is_head_read_ = false;
};

} // namespace

void Fields::clear() {
    for (std::string* text : {&method, &target, &authorization, &request_id, &accept_language, &content_type,
                              &content_encoding, &forwarded_for, &origin, &wanted_method, &agent_key, &signature}) {
        text->clear();
    }
    version = 11;
    hosts = lengths = encodings = 0;
    wants_continue = is_target_too_long = is_ambiguous = false;
}

class RequestParser::Impl {
public:
    /// Lets Beast read what waits. @return whether it wants more
    bool read(Inbox& inbox, error_code& fault, std::size_t& sum) {
        const std::string_view waiting = inbox.waiting();
        const std::size_t bytes = reader->put(boost::asio::const_buffer(waiting.data(), waiting.size()), fault);
        inbox.consume(bytes);
        sum += bytes;
        return fault == http::error::need_more;
    }

    /// A request must say in one way only what it is and where it ends.
    [[nodiscard]] bool is_clear() const {
        const bool has_two_ends = fields.lengths + fields.encodings > 1;
        const bool is_too_new = fields.version < 11 && fields.encodings > 0;
        const bool is_host_clear = fields.version < 11 ? fields.hosts <= 1 : fields.hosts == 1;
        return !fields.is_ambiguous && !has_two_ends && !is_too_new && is_host_clear;
    }

    Fields fields;
    std::optional<Reader> reader;
    std::size_t head_bytes = 0; ///< read so far
    std::size_t body_bytes = 0; ///< as they came, chunk heads included
};

RequestParser::RequestParser() : impl_(std::make_unique<Impl>()) {}
RequestParser::~RequestParser() = default;

void RequestParser::begin(std::string& body) {
    impl_->fields.clear();
    impl_->reader.emplace(impl_->fields, body);
    impl_->head_bytes = impl_->body_bytes = 0;
}

std::optional<Parsed> RequestParser::read_head(Inbox& inbox) {
    while (!has_begun() && inbox.waiting().starts_with("\r\n")) { // RFC 9112 section 2.2
        inbox.consume(2);
    }
    const std::string_view waiting = inbox.waiting();
    if (waiting.empty() || (!has_begun() && waiting == "\r")) {
        return std::nullopt;
    }
    error_code fault;
    const bool needs_more = impl_->read(inbox, fault, impl_->head_bytes);
    const Fields& fields = impl_->fields;
    if (fields.is_target_too_long) {
        return Parsed::target_too_long;
    }
    const bool is_too_large = fault == http::error::header_limit || impl_->head_bytes > kHeadMax ||
                              (needs_more && impl_->head_bytes + inbox.waiting().size() > kHeadMax);
    if (is_too_large) {
        return fields.target.empty() ? Parsed::target_too_long : Parsed::head_too_large;
    }
    if (needs_more) {
        return std::nullopt;
    }
    return !fault && impl_->is_clear() ? Parsed::complete : Parsed::broken;
}

std::optional<Parsed> RequestParser::read_body(Inbox& inbox, std::size_t bytes_max) {
    if (content_length().value_or(0) > bytes_max) {
        return Parsed::body_too_large;
    }
    if (impl_->body_bytes == 0) {
        impl_->reader->body_limit(bytes_max); // Beast counts it down from chunk to chunk
    }
    const std::size_t raw_max = 8 * bytes_max + kHeadMax; // more are crumbs in large wrappings
    // The shortest end of a chunked body has 5 bytes, and Beast 1.81 relies on having them.
    const std::size_t least = impl_->fields.encodings > 0 ? 5 : 1;
    while (!is_done()) {
        if (inbox.waiting().size() < least) {
            return std::nullopt;
        }
        error_code fault;
        const bool needs_more = impl_->read(inbox, fault, impl_->body_bytes);
        if (fault == http::error::body_limit || impl_->body_bytes > raw_max) {
            return Parsed::body_too_large;
        }
        if (needs_more) { // of a chunk's head or of trailers, and neither needs as much
            return inbox.is_full() ? std::optional(Parsed::broken) : std::nullopt;
        }
        if (fault) {
            return Parsed::broken;
        }
    }
    return Parsed::complete;
}

bool RequestParser::has_begun() const {
    return impl_->reader->got_some();
}

const Fields& RequestParser::fields() const {
    return impl_->fields;
}

bool RequestParser::is_done() const {
    return impl_->reader->is_done();
}

bool RequestParser::has_body() const {
    return impl_->reader->is_header_done() && (impl_->fields.encodings > 0 || content_length().value_or(0) > 0);
}

std::optional<std::uint64_t> RequestParser::content_length() const {
    const boost::optional<std::uint64_t> length = impl_->reader->content_length();
    return length ? std::optional(*length) : std::nullopt;
}

bool RequestParser::keep_alive() const {
    return impl_->reader->keep_alive();
}

} // namespace mcp::api
