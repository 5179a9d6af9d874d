#pragma once
#include "async/event.hpp"
#include "ports/http_client.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace mcp::flow {

/// Requests under way, so that who asks the same at the same time shares the answer.
class Flights {
public:
    using Answer = Result<ports::HttpResponse>;

    struct Flight {
        Flight(const boost::asio::any_io_executor& executor, Timer::Span end) : landed(executor), ends_by(end) {}

        Event landed;
        Timer::Span ends_by;
        std::optional<Answer> answer; ///< nothing once it has landed: whoever led it was cancelled
    };

    /// One that asks the same and ends in time.
    [[nodiscard]] std::shared_ptr<Flight> find(const std::string& question, Timer::Span by) const {
        const auto found = under_way_.find(question);
        return found != under_way_.end() && found->second->ends_by <= by ? found->second : nullptr;
    }

    /// Who asks, for all who want to know the same meanwhile. When it goes they are told.
    class Lead {
    public:
        Lead(Flights& flights, std::string question, const boost::asio::any_io_executor& executor, Timer::Span ends_by)
            : flights_(flights), flight_(std::make_shared<Flight>(executor, ends_by)),
              entry_(flights.under_way_.emplace(std::move(question), flight_)) {}
        ~Lead() {
            if (entry_.second) {
                flights_.under_way_.erase(entry_.first);
            }
            flight_->landed.set();
        }
        Lead(const Lead&) = delete;
        Lead& operator=(const Lead&) = delete;

        void tell(const Answer& answer) { flight_->answer.emplace(answer); }

    private:
        Flights& flights_;
        std::shared_ptr<Flight> flight_;
        std::pair<std::map<std::string, std::shared_ptr<Flight>>::iterator, bool> entry_; ///< false: another is there
    };

private:
    std::map<std::string, std::shared_ptr<Flight>> under_way_;
};

/// What makes two requests the same question: all that the server sees, and the bound of the answer.
[[nodiscard]] std::string question_of(const ports::HttpRequest& request);

} // namespace mcp::flow
