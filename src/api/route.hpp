#pragma once
#include "api/method.hpp"
#include "api/request.hpp"
#include "api/response.hpp"
#include "async/task.hpp"
#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace mcp::api {

struct Api;

enum class Access { open, user, admin };

/// Whether a route reads a body. What it does not read may come all the same, and is thrown away.
enum class BodyUse { none, optional, required };

/// What a route's path, query or headers may say beside its words.
struct Parameter {
    enum class Place { path, query, header };
    enum class Kind { integer, word, text };

    std::string_view name;
    Place place;
    Kind kind;
    std::string_view about_key; ///< message: what it means
    std::string_view example;
    std::int64_t least = 0; ///< of an integer
    std::int64_t most = 0;
    std::int64_t otherwise = 0;               ///< an integer that is not given
    std::vector<std::string_view> words = {}; ///< that a word may be, the first one when it is not given
};

inline constexpr std::size_t kUnreadBodyMax = 1024; ///< bytes of a body that the route does not read

/// One row of THE TABLE: what may be asked, by whom, and who answers. OpenAPI, /docs and docs/reference/api.md are
/// printed from it.
struct Route {
    /// Answers a request that was let in. The request outlives it.
    using Handler = Task<Result<Response>> (*)(Api& api, const Request& request);
    /// Lets a request in whose body has not been read, and may give it a turn. @return a refusal, or nothing
    using Guard = Task<Result<std::optional<Response>>> (*)(Api& api, Request& request);

    Method method;
    std::string_view path; ///< template: "/api/v1/reports/daily/{report_id}"
    Access access;
    BodyUse body_use = BodyUse::none;
    std::size_t body_max = kUnreadBodyMax; ///< bytes
    bool is_limited = true;                ///< counts against the caller's requests a minute
    std::string_view id;                   ///< operationId
    std::string_view tag;
    std::string_view summary_key;    ///< message
    std::string_view about_key = {}; ///< message; empty: the summary says it all
    std::vector<Parameter> parameters = {};
    std::string_view request_schema = {};  ///< name among schemas()
    std::string_view request_example = {}; ///< JSON text
    std::vector<int> successes = {200};    ///< statuses, the usual one first
    std::string_view response_type = kJson;
    std::string_view response_schema;
    std::string_view response_example = {};
    std::vector<int> refusals = {}; ///< statuses of its own beside those that follow from the columns above
    Guard guard = nullptr;          ///< of a route that would else read large bodies of anybody
    Handler handler;
};

/// THE TABLE. Where two paths fit, the earlier one counts.
[[nodiscard]] std::span<const Route> routes();

} // namespace mcp::api
