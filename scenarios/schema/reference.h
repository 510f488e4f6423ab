// The reference page of the scenario language, written from the same describe() functions that read scenarios: so that no
// key is read that is not described, and none is described that is not read.
#pragma once
#include <string>

namespace tierworks::schema {

// Markdown: a table for each kind of map, with key, type in words, default and meaning.
std::string reference_markdown();

}  // namespace tierworks::schema
