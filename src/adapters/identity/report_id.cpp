#include "adapters/identity/report_id.hpp"

#include "base/iso_time.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace mcp::adapters {
namespace {

// Drawn once at random for reports of this project; changing it would change every report's id.
constexpr const char* kReportNamespace = "6f1d2f5c-8d0b-4c8e-9f53-3c7a1b7e6d21";

} // namespace

std::string report_id(std::string_view user_id, Day day) {
    const boost::uuids::name_generator_sha1 generator(boost::uuids::string_generator()(kReportNamespace));
    const std::string date = iso_time(day).substr(0, 10);
    return boost::uuids::to_string(generator(std::string(user_id) + "/" + date));
}

} // namespace mcp::adapters
