#include "api/pages.hpp"

#include "api/docs_page.hpp"
#include "api/openapi.hpp"

#include <memory>

namespace mcp::api {

using domain::Language;

Pages::Pages()
    : openapi_{std::make_shared<const std::string>(openapi_text(Language::en)),
               std::make_shared<const std::string>(openapi_text(Language::fr))},
      docs_{std::make_shared<const std::string>(docs_html(Language::en)),
            std::make_shared<const std::string>(docs_html(Language::fr))} {}

const Body::Shared& Pages::openapi(Language language) const {
    return language == Language::en ? openapi_.en : openapi_.fr;
}

const Body::Shared& Pages::docs(Language language) const {
    return language == Language::en ? docs_.en : docs_.fr;
}

} // namespace mcp::api
