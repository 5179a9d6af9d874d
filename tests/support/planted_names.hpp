#pragma once
#include <cstddef>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <netdb.h>
#include <string>
#include <vector>

namespace mcp::test {

/// Names that lead where a test says, for everything in the process that asks the system's resolver. A program that
/// includes this in exactly one of its sources has a getaddrinfo of its own, which libraries find before the system's.
class PlantedNames {
public:
    using Addresses = std::vector<std::string>;

    static PlantedNames& all() {
        static PlantedNames names;
        return names;
    }

    /// @param answers in their order, the last of them for ever
    void plant(const std::string& name, std::deque<Addresses> answers) {
        const std::lock_guard lock(mutex_);
        answers_[name] = std::move(answers);
    }

    [[nodiscard]] bool knows(const std::string& name) {
        const std::lock_guard lock(mutex_);
        ++asked_[name];
        return answers_.count(name) != 0;
    }

    [[nodiscard]] Addresses next(const std::string& name) {
        const std::lock_guard lock(mutex_);
        std::deque<Addresses>& left = answers_.at(name);
        Addresses answer = left.front();
        if (left.size() > 1) {
            left.pop_front();
        }
        return answer;
    }

    /// How often anybody asked for the name, planted or not.
    [[nodiscard]] int asked(const std::string& name) {
        const std::lock_guard lock(mutex_);
        return asked_[name];
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::deque<Addresses>> answers_;
    std::map<std::string, int> asked_;
};

} // namespace mcp::test

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    using mcp::test::PlantedNames;
    static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if (name == nullptr || !PlantedNames::all().knows(name)) {
        return real(name, service, hints, found);
    }
    addrinfo numeric{};
    numeric.ai_socktype = SOCK_STREAM;
    numeric.ai_flags = AI_NUMERICHOST;
    *found = nullptr;
    addrinfo** end = found;
    for (const std::string& address : PlantedNames::all().next(name)) {
        if (const int fault = real(address.c_str(), service, &numeric, end); fault != 0) {
            return fault;
        }
        end = &(*end)->ai_next;
    }
    return *found == nullptr ? EAI_NONAME : 0;
}
