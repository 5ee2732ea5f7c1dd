using Plumbline.Host.Tests.Isolation;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Values for inputs of the schema: ids and words of a plan, in GraphQL.</summary>
internal sealed class Values(ApiSchema schema, Plan plan, IReadOnlyCollection<string> names)
{
    /// <summary>Everything of a kind, by its name in both worlds.</summary>
    public IReadOnlyList<string> Named(string kind) => [.. names.Where(n => n.Split(' ')[0] == kind)];

    /// <summary>Every value worth asking with, for an argument of a field or a field of an input.</summary>
    public IReadOnlyList<string> Of(ApiField field, ApiInput input) => input.Type.Name switch
    {
        "TraceFilter" or "SpanFilter" => [.. Filters(field, input.Type.Name)],
        _ when schema.KindOf(input.Type.Name) == "INPUT_OBJECT" && input.Type.Name != "TimeRange" => [.. Objects(field, input.Type.Name)],
        _ when input.Type.IsList => [.. Single(field, input).Select(v => $"[{v}]")],
        _ => Single(field, input),
    };

    private IReadOnlyList<string> Single(ApiField field, ApiInput input) => input.Type.Name switch
    {
        "ID" => [.. Named(IdKinds.Of(field.Name, input.Name)).Select(n => $"\"«{n}»\"")],
        "TimeRange" => [PlannedSpans.Range, PlannedSpans.HalfRange],
        "Int" => input.Name is "first" ? ["1", "3", "50"] : field.Name is "items" ? ["1"] : ["1", "2"],
        "Float" => ["0.9"],
        "Boolean" => ["true", "false"],
        "DateTime" => ["\"2020-01-01T00:00:00Z\""],
        "String" => [.. Words(input.Name).Distinct().Select(w => w == "«after»" ? w : $"\"{w}\"")],
        // A span has many tags, so that spans are not grouped by them.
        _ when schema.KindOf(input.Type.Name) == "ENUM" => [.. schema.EnumValues(input.Type.Name).Where(v => input.Name != "groupBy" || v != "TAG")],
        _ => throw new InvalidOperationException($"Say what a {input.Type.Name} looks like, for {field}({input.Name})."),
    };

    private IEnumerable<string> Words(string input) => input switch
    {
        "after" => ["«after»"],
        "slug" => ["acme"],
        "label" => ["production", "latest"],
        "split" => ["train", "test"],
        "prefix" => ["c", "g", "r"],
        "search" => ["hidden", "way", "better", "fail", .. plan.Traces.Take(2).Select(t => t.TraceId), plan.Traces[0].RootId],
        "name" or "promptName" => plan.Prompts.Append("by hand"),
        "action" => ["item.adjudicated", "item.revealed"],
        "actor" => ["bob"],
        "traceIds" => plan.Traces.Select(t => t.TraceId),
        "spanIds" => plan.Traces.Select(t => t.RootId),
        _ => throw new InvalidOperationException($"Say which words to ask '{input}' with."),
    };

    private IEnumerable<string> Objects(ApiField field, string type)
    {
        var inputs = schema.InputFields(type);
        if (inputs.All(i => i.Type.IsRequired))
            return inputs.Select(i => Of(field, i).Select(v => $"{i.Name}: {v}")).Aggregate((a, b) =>
                a.SelectMany(x => b.Select(y => $"{x}, {y}"))).Select(Braced);
        return inputs.SelectMany(i => Of(field, i).Select(v => Braced($"{i.Name}: {v}")));
    }

    /// <summary>Each condition alone, and against, as one of two, or against one of two.</summary>
    private IEnumerable<string> Filters(ApiField field, string type) => schema.InputFields(type).Where(i => i.Type.Name != type)
        .SelectMany(i => Conditions(field, i).Select(v => $"{i.Name}: {v}"))
        .SelectMany(c => new[] { Braced(c), Braced(new Draw(plan.Seed, field, c).Of(Turned(c))) });

    private static string[] Turned(string condition) =>
    [
        $"not: {{ {condition} }}", $"or: [{{ {condition} }}, {{ model: {{ eq: \"nothing\" }} }}]",
        $"and: [{{ not: {{ or: [{{ {condition} }}, {{ search: \"plain1\" }}] }} }}]",
    ];

    private IEnumerable<string> Conditions(ApiField field, ApiInput input) => input.Type.Name switch
    {
        "StringFilter" => Facts(input.Name).SelectMany((w, i) => Matches(w, all: i == 0)),
        "FloatFilter" => new[] { "0.000001", "100", "1000" }.SelectMany(n => new[] { $"{{ gte: {n} }}", $"{{ lte: {n} }}" }),
        "AttributeFilter" =>
        [
            "[{ key: \"gen_ai.request.model\", exists: true }]", "[{ key: \"gen_ai.evaluation.score.label\", eq: \"fail\" }]",
            "[{ key: \"gen_ai.evaluation.score.value\", exists: true }]",
        ],
        "String" when input.Name == "tags" => Facts("tags").Select(t => $"[\"{t}\"]"),
        _ => Of(field, input),
    };

    private static IEnumerable<string> Matches(string word, bool all) => all
        ? [
            $"{{ eq: \"{word}\" }}", $"{{ notIn: [\"{word}\"] }}", $"{{ contains: \"{word[1..]}\" }}", $"{{ startsWith: \"{word[..2]}\" }}",
            $"{{ in: [\"{word}\", \"x\"] }}"]
        : [$"{{ eq: \"{word}\" }}"];

    /// <summary>Facts of what is hidden, as it is in both worlds, and one of something else.</summary>
    private IEnumerable<string> Facts(string input) => plan.Traces.OrderBy(t => t.Sight == Sight.Plain).SelectMany(t => new[] { t.First, t.Second })
        .Select(f => Fact(f, input)).Distinct().Take(3);

    private static string Fact(Facts f, string input) => input switch
    {
        "model" => f.Model,
        "provider" => f.Provider,
        "environment" => f.Environment,
        "userId" => f.User,
        "tags" => f.Tag,
        "name" => f.SpanName,
        "sessionId" => "visit-1",
        "tool" => "ship",
        _ => throw new InvalidOperationException($"Say which fact of a trace '{input}' asks for."),
    };

    private static string Braced(string inner) => $"{{ {inner} }}";
}
