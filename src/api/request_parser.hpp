#pragma once
#include "api/inbox.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mcp::api {

inline constexpr std::size_t kHeadMax = 16 * 1024;  ///< bytes
inline constexpr std::size_t kTargetMax = 8 * 1024; ///< bytes of path and query together

/// How the reading of a head or a body ended.
enum class Parsed { complete, broken, head_too_large, target_too_long, body_too_large };

/// The fields of a head that the service looks at. Reused: the strings keep their space.
struct Fields {
    std::string method;
    std::string target;
    std::string authorization;
    std::string request_id;
    std::string accept_language;
    std::string content_type;
    std::string content_encoding;
    std::string forwarded_for;
    std::string origin;
    std::string wanted_method; ///< Access-Control-Request-Method
    std::string agent_key;     ///< MCP-Agent-Key
    std::string signature;     ///< MCP-Signature
    int version = 11;          ///< 10 or 11
    int hosts = 0;             ///< how often the field was there
    int lengths = 0;
    int encodings = 0;
    bool wants_continue = false;
    bool is_target_too_long = false;
    bool is_ambiguous = false; ///< two readers could take the request for two different ones

    void clear();
};

/// Reads the requests of one connection, one after the other, from the bytes as they come. Stricter than HTTP/1.1 must
/// be: what a proxy before us may have read in another way is broken.
class RequestParser {
public:
    RequestParser();
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Makes ready for the next request. @param body where its body goes; outlives the reading of it
    void begin(std::string& body);
    /// @return nothing when more must come
    [[nodiscard]] std::optional<Parsed> read_head(Inbox& inbox);
    /// @pre the head is complete   @param bytes_max of the body   @return nothing when more must come
    [[nodiscard]] std::optional<Parsed> read_body(Inbox& inbox, std::size_t bytes_max);

    [[nodiscard]] bool has_begun() const;                              ///< something of a request has come
    [[nodiscard]] const Fields& fields() const;                        ///< as far as read
    [[nodiscard]] bool is_done() const;                                ///< head and body are complete
    [[nodiscard]] bool has_body() const;                               ///< as far as is known
    [[nodiscard]] std::optional<std::uint64_t> content_length() const; ///< @pre the head is complete
    [[nodiscard]] bool keep_alive() const;                             ///< @pre the head is complete

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace mcp::api
