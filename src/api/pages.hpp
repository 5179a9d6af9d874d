#pragma once
#include "api/response.hpp"
#include "domain/language.hpp"

namespace mcp::api {

/// The pages that say how to use the API, made once and served from memory.
class Pages {
public:
    Pages();

    [[nodiscard]] const Body::Shared& openapi(domain::Language language) const;
    [[nodiscard]] const Body::Shared& docs(domain::Language language) const;

private:
    struct Printed {
        Body::Shared en;
        Body::Shared fr;
    };

    Printed openapi_;
    Printed docs_;
};

} // namespace mcp::api
