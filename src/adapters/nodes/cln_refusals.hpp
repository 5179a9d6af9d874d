#pragma once
#include "ports/http_client.hpp"

#include <string>

namespace mcp::adapters {

/// Why clnrest refuses a question: told by status, code and words of all its versions (v23.08 wraps them in "error").
enum class ClnRefusal {
    no_rune,          ///< none was sent
    not_authorized,   ///< the rune is of another node, was revoked, or is damaged
    expired,          ///< its time is over
    not_permitted,    ///< it does not admit this question
    too_soon,         ///< it admits no more questions at this moment
    no_method,        ///< this node does not know the question, or a plugin is switched off
    wrong_parameters, ///< or not with these parameters
    failed,           ///< the node tried, and could not
    not_cln           ///< nothing that clnrest says
};

struct ClnRefused {
    ClnRefusal why;
    std::string said; ///< in its own words: cleaned, cut short, maybe empty
};

/// @param answer whose status is not 2xx
[[nodiscard]] ClnRefused read_cln_refusal(const ports::HttpResponse& answer);

} // namespace mcp::adapters
