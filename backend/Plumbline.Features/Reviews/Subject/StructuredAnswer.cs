using System.Text.Json;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Puts into plain lines what a model answered in JSON: each value under its name, in the model's order, without the members of
/// <see cref="IdentityKeys"/>. Of records of a call, which libraries put into the place of its answer, only the words are shown, as ever.</summary>
internal static class StructuredAnswer
{
    private const int MostWithin = 8;

    /// <summary>Members that only records of a call have.</summary>
    private static readonly string[] OfRecords =
        ["llm_output", "response_metadata", "additional_kwargs", "usage_metadata", "kwargs", "lc", "system_fingerprint", "token_usage", "generation_info"];

    private static readonly string[] Lists = ["choices", "generations", "candidates", "messages", "outputs", "output", "content", "contents"];
    private static readonly string[] OfListed = ["message", "delta", "finish_reason", "finishReason", "generation_info", "generationInfo", "parts"];

    /// <summary>The lines; null when the text is no whole JSON, is a record of a call, or holds nothing that may be shown.</summary>
    public static string? Read(string text)
    {
        if (!RecordedJson.IsAny(text) || RecordedJson.TryParse(text) is not { } json || !IsStructure(json) || IsRecord(json)) return null;
        var lines = Lines(json, 0).ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    private static IEnumerable<string> Lines(JsonElement value, int within) => value.ValueKind switch
    {
        JsonValueKind.Object when IsRecord(value) => Said(value.GetRawText()),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Lines(m, within)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Item(item, within)),
        JsonValueKind.String => Lines(value.GetString()!, within),
        _ => [value.GetRawText()],
    };

    private static IEnumerable<string> Lines(JsonProperty member, int within)
    {
        if (IdentityKeys.Contain(member.Name) || RecordedJson.IsAny(member.Name) || StructureScanner.In(member.Name).Count > 0) return [];
        var lines = Lines(member.Value, within).ToList();
        if (lines.Count == 0) return [];
        var fitsOneLine = lines.Count == 1 && !IsStructure(member.Value) && !IsJson(member.Value);
        return fitsOneLine ? [$"{member.Name}: {lines[0]}"] : lines.Select(l => $"  {l}").Prepend($"{member.Name}:");
    }

    private static IEnumerable<string> Item(JsonElement item, int within) => Lines(item, within).Select((line, i) => i == 0 ? $"- {line}" : $"  {line}");

    // JSON in a string is read like JSON, and never shown as it is.
    private static IEnumerable<string> Lines(string text, int within)
    {
        if (!RecordedJson.IsAny(text) || RecordedJson.TryParse(text) is not { } inner) return OwnText.Of(text)?.Split('\n') ?? [];
        return within == MostWithin ? [] : Lines(inner, within + 1);
    }

    private static string[] Said(string record) => RecordedText.Words(record)?.Split('\n') ?? [];

    private static bool IsRecord(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(item => IsRecord(item)),
        JsonValueKind.Object => Array.Exists(OfRecords, name => value.TryGetProperty(name, out _)) || IsMessage(value) || Array.Exists(Lists, name =>
            value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(IsListed)),
        _ => false,
    };

    private static bool IsListed(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Array => item.EnumerateArray().Any(inner => IsListed(inner) || RecordedRoles.Of(inner) is not null),
        JsonValueKind.Object => Array.Exists(OfListed, name => item.TryGetProperty(name, out _)) || IsMessage(item),
        _ => false,
    };

    private static bool IsMessage(JsonElement value) => RecordedCalls.IsOne(value)
        || (RecordedRoles.OfMessage(value) is not null && (value.TryGetProperty("content", out _) || value.TryGetProperty("parts", out _)));

    private static bool IsJson(JsonElement value) => value.ValueKind == JsonValueKind.String && RecordedJson.IsAny(value.GetString()!);

    private static bool IsStructure(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}
