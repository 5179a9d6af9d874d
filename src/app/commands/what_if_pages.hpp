#pragma once
#include "app/commands/io.hpp"
#include "app/commands/what_if_answer.hpp"

#include <string>

namespace mcp::app {

/// The answer as one JSON object; every assumption of the question is repeated in it.
[[nodiscard]] std::string what_if_json(const domain::Network& network, const WhatIfAnswer& answer);

/// The answer for people, in the language of `io`.
[[nodiscard]] std::string what_if_text(const domain::Network& network, const WhatIfAnswer& answer, const Io& io);

} // namespace mcp::app
