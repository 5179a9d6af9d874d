#include "api/schemas.hpp"

namespace mcp::api {
namespace {

// Descriptions stand with the routes, in both languages; here are only names and ranges.
constexpr Schema kSchemas[] = {
    {"Error", R"({"type": "object", "additionalProperties": true,
      "required": ["detail", "status_code", "timestamp", "request_id"],
      "properties": {
        "detail": {"type": "string"},
        "status_code": {"type": "integer", "minimum": 400, "maximum": 599},
        "timestamp": {"$ref": "#/components/schemas/Time"},
        "request_id": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"}}})"},
    {"Time",
     R"({"type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"})"},
    {"Enabled", R"({"type": "object", "additionalProperties": false,
      "required": ["status", "message", "next_report", "schedule"],
      "properties": {
        "status": {"const": "success"},
        "message": {"type": "string"},
        "next_report": {"anyOf": [{"$ref": "#/components/schemas/Time"}, {"type": "null"}]},
        "schedule": {"type": "string", "pattern": "^Every day at [0-9]{2}:[0-9]{2} UTC$"}}})"},
    {"Done", R"({"type": "object", "additionalProperties": false, "required": ["status", "message"],
      "properties": {"status": {"const": "success"}, "message": {"type": "string"}}})"},
    {"DailyReportStatus", R"({"type": "object", "additionalProperties": false,
      "required": ["enabled", "schedule", "last_report", "total_reports", "next_report"],
      "properties": {
        "enabled": {"type": "boolean"},
        "schedule": {"type": "string", "pattern": "^[0-9]{1,2} [0-9]{1,2} \\* \\* \\*$"},
        "last_report": {"anyOf": [{"$ref": "#/components/schemas/Time"}, {"type": "null"}]},
        "total_reports": {"type": "integer", "minimum": 0},
        "next_report": {"anyOf": [{"$ref": "#/components/schemas/Time"}, {"type": "null"}]}}})"},
    {"Profile", R"({"type": "object", "additionalProperties": false,
      "required": ["user_id", "tenant_id", "lightning_pubkey", "pubkey_verified", "language", "daily_report_enabled", "created_at", "updated_at"],
      "properties": {
        "user_id": {"type": "string", "minLength": 1},
        "tenant_id": {"type": "string", "minLength": 1},
        "lightning_pubkey": {"type": ["string", "null"], "pattern": "^0[23][0-9a-f]{64}$"},
        "pubkey_verified": {"type": "boolean"},
        "language": {"enum": ["fr", "en"]},
        "daily_report_enabled": {"type": "boolean"},
        "created_at": {"$ref": "#/components/schemas/Time"},
        "updated_at": {"$ref": "#/components/schemas/Time"}}})"},
    {"ProfileChange", R"({"type": "object", "additionalProperties": false,
      "properties": {
        "lightning_pubkey": {"type": ["string", "null"], "pattern": "^0[23][0-9a-fA-F]{64}$"},
        "language": {"enum": ["fr", "en"]}}})"},
    {"Report", R"({"type": "object", "additionalProperties": true,
      "required": ["report_id", "user_id", "tenant_id", "report_date", "generation_timestamp", "generation_status"],
      "properties": {
        "report_id": {"type": "string", "format": "uuid"},
        "user_id": {"type": "string"},
        "tenant_id": {"type": "string"},
        "report_date": {"$ref": "#/components/schemas/Time"},
        "generation_timestamp": {"$ref": "#/components/schemas/Time"},
        "generation_status": {"enum": ["pending", "processing", "completed", "failed"]},
        "error_message": {"type": ["string", "null"]}}})"},
    {"ReportAnswer", R"({"type": "object", "additionalProperties": false, "required": ["status", "report"],
      "properties": {"status": {"const": "success"}, "report": {"$ref": "#/components/schemas/Report"}}})"},
    {"History", R"({"type": "object", "additionalProperties": false, "required": ["status", "reports", "pagination"],
      "properties": {
        "status": {"const": "success"},
        "reports": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/Report"}},
        "pagination": {"type": "object", "additionalProperties": false, "required": ["page", "limit", "total", "pages"],
          "properties": {
            "page": {"type": "integer", "minimum": 1},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
            "total": {"type": "integer", "minimum": 0},
            "pages": {"type": "integer", "minimum": 0}}}}})"},
    {"FeedbackGiven", R"({"type": "object", "additionalProperties": false, "required": ["score"],
      "properties": {
        "score": {"type": "integer", "minimum": 0, "maximum": 10},
        "comment": {"type": ["string", "null"], "maxLength": 2000}}})"},
    {"FeedbackKept", R"({"type": "object", "additionalProperties": false, "required": ["status", "feedback"],
      "properties": {
        "status": {"const": "success"},
        "feedback": {"type": "object", "additionalProperties": false, "required": ["report_id", "score", "comment", "at"],
          "properties": {
            "report_id": {"type": "string", "format": "uuid"},
            "score": {"type": "integer", "minimum": 0, "maximum": 10},
            "comment": {"type": ["string", "null"]},
            "at": {"$ref": "#/components/schemas/Time"}}}}})"},
    {"Trigger", R"({"type": "object", "additionalProperties": false,
      "properties": {"user_ids": {"type": ["array", "null"], "minItems": 1, "maxItems": 1000,
        "items": {"type": "string", "minLength": 1, "maxLength": 512}}}})"},
    {"Triggered", R"({"type": "object", "additionalProperties": false,
      "required": ["status", "task_id", "message", "user_ids", "skipped"],
      "properties": {
        "status": {"const": "started"},
        "task_id": {"type": "string", "pattern": "^daily_reports_[0-9]{8}_[0-9]{6}"},
        "message": {"type": "string"},
        "user_ids": {"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]},
        "skipped": {"type": "array", "items": {"type": "string"}}}})"},
    {"Stats", R"({"type": "object", "additionalProperties": false, "required": ["status", "stats"],
      "properties": {
        "status": {"const": "success"},
        "stats": {"type": "object", "additionalProperties": false,
          "required": ["users_with_workflow_enabled", "users_with_pubkey", "adoption_rate", "total_reports_generated",
            "reports_generated_today", "reports_failed_today", "success_rate_today", "mean_duration_seconds_today",
            "p95_duration_seconds_today", "feedback_90d", "timestamp"],
          "properties": {
            "users_with_workflow_enabled": {"type": "integer", "minimum": 0},
            "users_with_pubkey": {"type": "integer", "minimum": 0},
            "adoption_rate": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "total_reports_generated": {"type": "integer", "minimum": 0},
            "reports_generated_today": {"type": "integer", "minimum": 0},
            "reports_failed_today": {"type": "integer", "minimum": 0},
            "success_rate_today": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "mean_duration_seconds_today": {"type": ["number", "null"], "minimum": 0},
            "p95_duration_seconds_today": {"type": ["number", "null"], "minimum": 0},
            "feedback_90d": {"type": "object", "additionalProperties": false, "required": ["n", "mean", "nps"],
              "properties": {
                "n": {"type": "integer", "minimum": 0},
                "mean": {"type": ["number", "null"], "minimum": 0, "maximum": 10},
                "nps": {"type": ["number", "null"], "minimum": -100, "maximum": 100}}},
            "timestamp": {"$ref": "#/components/schemas/Time"}}}}})"},
    {"TaskAnswer", R"({"type": "object", "additionalProperties": false, "required": ["status", "task"],
      "properties": {
        "status": {"const": "success"},
        "task": {"type": "object", "additionalProperties": false,
          "required": ["task_id", "state", "kind", "report_date", "total", "done", "failed", "per_second", "seconds_left",
            "started_at", "ended_at", "error"],
          "properties": {
            "task_id": {"type": "string"},
            "state": {"enum": ["queued", "running", "completed", "failed"]},
            "kind": {"enum": ["scheduled", "triggered"]},
            "report_date": {"$ref": "#/components/schemas/Time"},
            "total": {"type": ["integer", "null"], "minimum": 0},
            "done": {"type": "integer", "minimum": 0},
            "failed": {"type": "integer", "minimum": 0},
            "per_second": {"type": ["number", "null"], "minimum": 0},
            "seconds_left": {"type": ["number", "null"], "minimum": 0},
            "started_at": {"$ref": "#/components/schemas/Time"},
            "ended_at": {"anyOf": [{"$ref": "#/components/schemas/Time"}, {"type": "null"}]},
            "error": {"type": ["string", "null"]}}}}})"},
    {"Health", R"({"type": "object", "additionalProperties": false, "required": ["status", "not_ready", "timestamp"],
      "properties": {
        "status": {"enum": ["ok", "degraded"]},
        "not_ready": {"type": "array", "items": {"type": "string"}},
        "timestamp": {"$ref": "#/components/schemas/Time"}}})"},
    {"Live", R"({"type": "object", "additionalProperties": false, "required": ["status"],
      "properties": {"status": {"const": "ok"}}})"},
    {"Ready", R"({"type": "object", "additionalProperties": false, "required": ["status", "not_ready"],
      "properties": {"status": {"const": "ready"}, "not_ready": {"type": "array", "items": {"type": "string"}}}})"},
    {"OpenApi", R"({"type": "object", "required": ["openapi", "info", "paths"],
      "properties": {"openapi": {"const": "3.1.0"}, "info": {"type": "object"}, "paths": {"type": "object"}}})"},
    {"Text", R"({"type": "string"})"},
};

} // namespace

std::span<const Schema> schemas() {
    return kSchemas;
}

} // namespace mcp::api
