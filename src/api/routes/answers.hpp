#pragma once
#include "api/response.hpp"
#include "base/clock.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"

#include <boost/json.hpp>
#include <optional>

namespace mcp::api::handlers {

[[nodiscard]] inline Response json_answer(const boost::json::value& value, int status = 200) {
    Response response;
    response.status = status;
    response.body.add(json_text(value));
    return response;
}

[[nodiscard]] inline boost::json::value time_or_null(std::optional<Time> time) {
    return time ? boost::json::value(iso_time(*time)) : boost::json::value();
}

template <typename T>
[[nodiscard]] boost::json::value value_or_null(const std::optional<T>& value) {
    return value ? boost::json::value(*value) : boost::json::value();
}

} // namespace mcp::api::handlers
