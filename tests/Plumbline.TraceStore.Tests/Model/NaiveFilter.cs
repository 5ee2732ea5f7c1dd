using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Filters, straight from their definition.</summary>
internal static class NaiveFilter
{
    /// <summary>Every condition on a text, and the text of a span that it is about; of a trace, where traces have it too.</summary>
    private static readonly TextField[] Texts =
    [
        .. typeof(CommonCondition).GetProperties().Where(p => p.PropertyType == typeof(TextCondition)).Select(p => new TextField(
            p, typeof(SpanRecord).GetProperty(p.Name) ?? typeof(SpanRecord).GetProperty(p.Name + "Name")!, typeof(TraceSummary).GetProperty(p.Name))),
    ];

    private static TextCondition? Asked(TextField field, CommonCondition f) => (TextCondition?)field.Asked.GetValue(f);

    private sealed record TextField(PropertyInfo Asked, PropertyInfo OfSpan, PropertyInfo? OfTrace)
    {
        public string? Of(SpanRecord span) => (string?)OfSpan.GetValue(span);

        public string? Of(TraceSummary trace) => (string?)OfTrace!.GetValue(trace);
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            folded.Append((lower.IsAscii && !rune.IsAscii ? rune : lower).ToString());
        }
        return folded.ToString();
    }

    public static bool Passes(TraceCondition? f, NaiveTrace t)
    {
        if (f is null) return true;
        var s = t.Summary;
        if (f.Range is { } r && (s.StartUnixNano < r.FromUnixNano || s.StartUnixNano >= r.ToUnixNano)) return false;
        if (f.Search is { Length: > 0 } search && !t.Spans.Any(x => Holds(x, search))) return false;
        if (!Text(f.Name, s.Name.Length == 0 && t.Root.Name is null ? null : s.Name)) return false;
        if (!Texts.Where(x => x.Asked.Name != "Name").All(x => x.OfTrace is null ? Some(Asked(x, f), t, span => x.Of(span)) : Text(Asked(x, f), x.Of(s))))
            return false;
        if (f.Tags is { Count: > 0 } tags && !tags.All(s.Tags.Contains)) return false;
        if ((f.PromptName is not null || f.PromptVersion is not null) && !t.Spans.Any(x => Prompt(f.PromptName, f.PromptVersion, x))) return false;
        if (f.Kinds is { Count: > 0 } kinds && !t.Spans.Any(x => kinds.Contains(x.Kind))) return false;
        if (f.Status is { } status && s.Status != status) return false;
        if (!Number(f.DurationMs, s.DurationNano / 1e6) || !Number(f.CostUsd, s.Cost / 1e12) || !Number(f.TotalTokens, s.Tokens.Total)) return false;
        if (f.TraceIds is { } ids && !ids.Contains(s.TraceId)) return false;
        if (f.SpanIds is { } spans && !t.Spans.Any(x => spans.Contains(x.SpanId))) return false;
        return (f.And ?? []).All(x => Passes(x, t)) && (f.Or is not { Count: > 0 } or || or.Any(x => Passes(x, t))) && (f.Not is null || !Passes(f.Not, t));
    }

    public static bool Passes(SpanCondition? f, SpanRecord s)
    {
        if (f is null) return true;
        if (f.Range is { } r && (s.StartUnixNano < r.FromUnixNano || s.StartUnixNano >= r.ToUnixNano)) return false;
        if (f.Search is { Length: > 0 } search && !Holds(s, search)) return false;
        if (f.Kinds is { Count: > 0 } kinds && !kinds.Contains(s.Kind)) return false;
        if (!Texts.All(x => Text(Asked(x, f), x.Of(s)))) return false;
        if (f.Tags is { Count: > 0 } tags && !tags.All(s.Tags.Contains)) return false;
        if (!Prompt(f.PromptName, f.PromptVersion, s) || (f.Status is { } status && s.Status != status)) return false;
        if (!Number(f.DurationMs, s.StartUnixNano == 0 || s.EndUnixNano == 0 ? null : s.DurationNano / 1e6)
            || !Number(f.CostUsd, s.Cost / 1e12) || !Number(f.TotalTokens, NaiveTrace.Total(s)))
            return false;
        if (f.Attributes is { Count: > 0 } attributes && !attributes.All(a => Attribute(a, s))) return false;
        if (f.TraceIds is { } ids && !ids.Contains(s.TraceId)) return false;
        if (f.SpanIds is { } spans && !spans.Contains(s.SpanId)) return false;
        return (f.And ?? []).All(x => Passes(x, s)) && (f.Or is not { Count: > 0 } or || or.Any(x => Passes(x, s))) && (f.Not is null || !Passes(f.Not, s));
    }

    private static bool Holds(SpanRecord s, string search) =>
        new[] { s.Name, s.Input, s.Output }.Any(t => t is not null && Fold(t).Contains(Fold(search), StringComparison.Ordinal));

    private static bool Prompt(string? name, int? version, SpanRecord s) =>
        (name is null || s.PromptName == name) && (version is null || s.PromptVersion == version.Value.ToString(CultureInfo.InvariantCulture));

    private static bool Some(TextCondition? f, NaiveTrace t, Func<SpanRecord, string?> field)
    {
        if (f is null) return true;
        var positive = f with { NotIn = null };
        if (positive != new TextCondition() && !t.Spans.Any(s => Text(positive, field(s)))) return false;
        return f.NotIn is null || !t.Spans.Any(s => field(s) is { } v && f.NotIn.Contains(v));
    }

    private static bool Text(TextCondition? f, string? value)
    {
        if (f is null) return true;
        if (f.Eq is not null && value != f.Eq) return false;
        if (f.In is { Count: > 0 } && (value is null || !f.In.Contains(value))) return false;
        if (f.NotIn is { Count: > 0 } && value is not null && f.NotIn.Contains(value)) return false;
        if (f.Contains is { Length: > 0 } c && (value is null || !Fold(value).Contains(Fold(c), StringComparison.Ordinal))) return false;
        return f.StartsWith is not { Length: > 0 } p || (value is not null && Fold(value).StartsWith(Fold(p), StringComparison.Ordinal));
    }

    private static bool Number(RangeCondition? f, double? value) =>
        f is null || (f.Gte is null && f.Lte is null) || (value is { } v && (f.Gte is null || v >= f.Gte) && (f.Lte is null || v <= f.Lte));

    private static bool Attribute(AttributeCondition f, SpanRecord s)
    {
        var value = Property(s.AttributesJson, f.Key) ?? Property(s.ResourceJson, f.Key);
        if (f.Exists == false) return value is null && f.Eq is null;
        return value is not null && (f.Eq is null || value == f.Eq);
    }

    private static string? Property(string? json, string key)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty(key, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }
}
