#include "base/json_text.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace mcp {
namespace {

void write(std::string& text, const boost::json::value& value, std::size_t depth);

void new_line(std::string& text, std::size_t depth) {
    text += '\n';
    text.append(2 * depth, ' ');
}

void write_array(std::string& text, const boost::json::array& array, std::size_t depth) {
    text += '[';
    for (const boost::json::value& item : array) {
        text += &item == array.data() ? "" : ",";
        new_line(text, depth + 1);
        write(text, item, depth + 1);
    }
    if (!array.empty()) {
        new_line(text, depth);
    }
    text += ']';
}

void write_object(std::string& text, const boost::json::object& object, std::size_t depth) {
    text += '{';
    bool is_first = true;
    for (const auto& member : object) {
        text += is_first ? "" : ",";
        is_first = false;
        new_line(text, depth + 1);
        text += boost::json::serialize(member.key()) + ": ";
        write(text, member.value(), depth + 1);
    }
    if (!object.empty()) {
        new_line(text, depth);
    }
    text += '}';
}

void write_number(std::string& text, double number) {
    if (!std::isfinite(number)) {
        throw std::invalid_argument("JSON has no infinite numbers");
    }
    constexpr double kExactlyWhole = 9007199254740992.0; // 2^53
    const bool is_whole = std::abs(number) < kExactlyWhole && number == std::floor(number);
    text += is_whole ? fmt::format("{:.0f}", number) : fmt::format("{}", number);
}

void write(std::string& text, const boost::json::value& value, std::size_t depth) {
    if (const boost::json::array* array = value.if_array()) {
        write_array(text, *array, depth);
    } else if (const boost::json::object* object = value.if_object()) {
        write_object(text, *object, depth);
    } else if (const double* number = value.if_double()) {
        write_number(text, *number);
    } else {
        text += boost::json::serialize(value);
    }
}

} // namespace

std::string json_text(const boost::json::value& value) {
    std::string text;
    write(text, value, 0);
    return text + '\n';
}

} // namespace mcp
