using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Rewrites what inside a payload would tell what the queue hides: ids that providers make in their own style, and metadata by name. The content itself stays.</summary>
internal sealed class PayloadBlinding(BlindingRules rules)
{
    private static readonly string[] TellTale = ["model", "provider", "vendor", "engine", "deployment", "system_fingerprint", "version", "latency", "duration", "token", "cost", "price", "user", "session"];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _named;

    public bool HidesSource => rules.HidesTraces;

    /// <summary>The same id gets the same neutral name throughout one subject, so that a result is still found by its call.</summary>
    public string? Id(string? id)
    {
        if (id is null || !HidesSource) return id;
        if (!_ids.TryGetValue(id, out var neutral)) _ids.Add(id, neutral = $"call-{++_named}");
        return neutral;
    }

    /// <summary>Begins another trace: that it has an id in common with an earlier one would tell how their provider makes ids.</summary>
    public void Separate() => _ids.Clear();

    public double? Score(double? score) => rules.HideMetrics ? null : score;

    public RawJson? Metadata(JsonElement? metadata)
    {
        if (metadata is not { } value) return null;
        if (!HidesSource) return RawJson.FromText(value.GetRawText());
        if (value.ValueKind != JsonValueKind.Object) return null;
        var kept = new JsonObject();
        foreach (var member in value.EnumerateObject().Where(m => !TellsTale(m.Name) && m.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))
            kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return RawJson.FromText(kept.ToJsonString());
    }

    /// <summary>A part of a kind that only one provider knows would name it.</summary>
    public SubjectOther Other(string kind, JsonElement part) => HidesSource ? new SubjectOther("other", null) : new SubjectOther(kind, RawJson.FromText(part.GetRawText()));

    private static bool TellsTale(string name) => Array.Exists(TellTale, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
