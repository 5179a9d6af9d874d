#include "api/response_head.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <fmt/format.h>

namespace mcp::api {
namespace {

constexpr std::string_view kProtection = "X-Content-Type-Options: nosniff\r\n"
                                         "X-Frame-Options: DENY\r\n"
                                         "Referrer-Policy: no-referrer\r\n"
                                         "Cross-Origin-Resource-Policy: same-origin\r\n"
                                         "Cache-Control: no-store\r\n";

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void append_number(std::string& out, std::size_t number) {
    std::array<char, 24> digits{};
    const auto [end, fault] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

} // namespace

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Other"; // a reason phrase says nothing to programs
    }
}

const std::string& DateText::at(Time now) {
    if (now == made_for_ && !text_.empty()) {
        return text_;
    }
    constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(now - day);
    text_ = fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
                        static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                        static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                        clock.seconds().count());
    made_for_ = now;
    return text_;
}

void append_head(std::string& out, const Response& response, const Exchange& exchange, bool keep_alive,
                 std::string_view date) {
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(response.status));
    out += ' ';
    out += reason_phrase(response.status);
    out += "\r\n";
    append_line(out, "Date", date);
    if (response.status != 204) {
        append_line(out, "Content-Type", response.content_type);
        out += "Content-Length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    append_line(out, "X-Request-ID", exchange.request.id);
    out += kProtection;
    append_line(out, "Content-Security-Policy", response.content_policy);
    for (const Header& header : response.headers) {
        append_line(out, header.name, header.value);
    }
    if (!exchange.cors_origin.empty()) {
        append_line(out, "Access-Control-Allow-Origin", exchange.cors_origin);
        out += "Access-Control-Expose-Headers: X-Request-ID, Retry-After\r\nVary: Origin\r\n";
    }
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
}

} // namespace mcp::api
