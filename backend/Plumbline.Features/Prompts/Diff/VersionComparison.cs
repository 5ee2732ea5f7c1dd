using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Contracts.Prompts;
using Plumbline.GraphQL;

namespace Plumbline.Features.Prompts.Diff;

/// <summary>What changed between two versions, part by part: type VersionDiff.</summary>
internal sealed record VersionDiff(
    ImmutableArray<TextDiff> Messages, ImmutableArray<string> Variables, ImmutableArray<ValueChange> Parameters, ValueChange? Model,
    TextDiff? Code, ValueChange? ResponseSchema);

internal sealed record TextDiff(string Label, ImmutableArray<DiffHunk> Hunks);

internal sealed record ValueChange(string Path, RawJson? Before, RawJson? After);

internal sealed class VersionComparison
{
    private readonly TextComparison _texts;

    private VersionComparison(TextComparison texts) => _texts = texts;

    /// <summary>What leads from one content to another. Messages that did not change are left out.</summary>
    public static VersionDiff Compare(PromptContent before, PromptContent after, DiffBudget budget, CancellationToken cancellationToken) =>
        new VersionComparison(new TextComparison(budget, cancellationToken)).Diff(before, after);

    private VersionDiff Diff(PromptContent before, PromptContent after) => new(
        [.. Messages(before, after)],
        [.. Variables(before, after)],
        [.. Parameters(before, after)],
        Change("model", Text(before.Model), Text(after.Model)),
        before.Code == after.Code
            ? null
            : new(after.Code?.Signature ?? before.Code!.Signature, _texts.Compare(before.Code?.Source ?? "", after.Code?.Source ?? "")),
        Change("responseSchema", before.ResponseSchemaJson, after.ResponseSchemaJson));

    private IEnumerable<TextDiff> Messages(PromptContent before, PromptContent after)
    {
        for (var i = 0; i < Math.Max(before.Messages.Length, after.Messages.Length); i++)
        {
            var (old, now) = (before.Messages.ElementAtOrDefault(i), after.Messages.ElementAtOrDefault(i));
            if (old == now) continue;
            var role = old?.Role == now?.Role || old is null || now is null ? Word((now ?? old)!.Role) : $"{Word(old.Role)} → {Word(now.Role)}";
            yield return new($"Message {i + 1}, {role}", _texts.Compare(old?.Template ?? "", now?.Template ?? ""));
        }
    }

    private static IEnumerable<string> Variables(PromptContent before, PromptContent after)
    {
        var (old, now) = (before.Variables.ToDictionary(v => v.Name), after.Variables.ToDictionary(v => v.Name));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            if (!now.TryGetValue(name, out var next)) yield return $"{name} removed";
            else if (!old.TryGetValue(name, out var was)) yield return $"{name} added ({Word(next)})";
            else if (Changes(was, next) is { Length: > 0 } changes) yield return $"{name}: {changes}";
        }
    }

    private static string Changes(PromptVariable was, PromptVariable next)
    {
        var changes = new List<string>();
        if (was.Type != next.Type) changes.Add($"type {Word(was)} → {Word(next)}");
        if (was.Required != next.Required) changes.Add(next.Required ? "now required" : "now optional");
        if (was.DefaultJson != next.DefaultJson) changes.Add($"default {was.DefaultJson ?? "none"} → {next.DefaultJson ?? "none"}");
        if (was.Description != next.Description) changes.Add("description changed");
        if (!was.EnumValues.SequenceEqual(next.EnumValues)) changes.Add("allowed values changed");
        return string.Join(", ", changes);
    }

    /// <summary>Model parameters, then tools, by path.</summary>
    private static IEnumerable<ValueChange> Parameters(PromptContent before, PromptContent after)
    {
        var changes = Compare("parameters", Members(before.ParametersJson), Members(after.ParametersJson));
        return changes.Concat(Compare("tools", Tools(before), Tools(after)));
    }

    private static IEnumerable<ValueChange> Compare(string root, Dictionary<string, string> before, Dictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => Change($"{root}.{name}", before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .OfType<ValueChange>();

    private static Dictionary<string, string> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());
    }

    private static Dictionary<string, string> Tools(PromptContent content) => content.Tools.ToDictionary(
        t =>
            t.Name, t =>
                JsonSerializer.Serialize(new
                {
                    description = t.Description,
                    parameters = t.ParametersJson is null ? (JsonElement?)null : JsonElement.Parse(t.ParametersJson),
                }));

    private static ValueChange? Change(string path, string? before, string? after) =>
        before == after ? null : new(path, RawJson.FromText(before), RawJson.FromText(after));

    private static string? Text(string? value) => value is null ? null : JsonSerializer.Serialize(value);

    private static string Word(MessageRole role) => role.ToString().ToLowerInvariant();

    private static string Word(PromptVariable variable) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(variable.Type.ToString());
}
